namespace Batchwork.Engine.Drafts;

/// <summary>The same file, uploaded before.</summary>
/// <param name="Name">The name of the draft or job it was used for.</param>
/// <param name="At">When it was uploaded.</param>
/// <param name="DraftId">The draft.</param>
/// <param name="JobId">The job, if the draft became one.</param>
public sealed record EarlierUse(string Name, DateTimeOffset At, Guid DraftId, Guid? JobId);
