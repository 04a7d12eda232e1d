namespace Batchwork.Engine.Drafts;

/// <summary>A draft cannot become a job as it is. Pages close the button before it comes to this; the message is for people all the same.</summary>
public sealed class DraftNotReadyException(string message) : Exception(message);
