namespace Batchwork.Engine.LiveUpdates;

/// <summary>Says that something changed, not what: whoever hears it reads again. Missing one is harmless, the next read is right again.</summary>
/// <param name="WorkspaceId">The workspace it belongs to.</param>
/// <param name="JobId">The job it is about; <see langword="null"/> for things outside jobs (drafts, connections).</param>
public readonly record struct LiveChange(Guid WorkspaceId, Guid? JobId);
