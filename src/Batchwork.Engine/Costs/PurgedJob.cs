namespace Batchwork.Engine.Costs;

/// <summary>What the books keep of a job when everything else of it is removed: its name and who started it.</summary>
public sealed class PurgedJob
{
    /// <summary>The job's id.</summary>
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string Name { get; init; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
