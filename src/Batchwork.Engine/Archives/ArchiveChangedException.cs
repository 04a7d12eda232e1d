namespace Batchwork.Engine.Archives;

/// <summary>The job changed while its archive was being sent, so the rest would not fit what went before. The download must begin anew.</summary>
public sealed class ArchiveChangedException()
    : Exception("The job changed while it was being downloaded. Please download it again.");
