namespace Batchwork.Engine.Workspaces;

/// <summary>What came of archiving a workspace.</summary>
/// <param name="IsArchived">Whether it is archived.</param>
/// <param name="RunningJobs">Jobs that have not ended; as long as there are any, it cannot be archived.</param>
public sealed record ArchiveOutcome(bool IsArchived, int RunningJobs);
