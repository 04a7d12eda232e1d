namespace Batchwork.Engine.Auditing;

/// <summary>Something that happened to a job, for its timeline.</summary>
public sealed class Activity
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public Guid? PartId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ActivityKind Kind { get; init; }

    /// <summary>The person who did it; <see langword="null"/> when the engine or the provider did.</summary>
    public string? By { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string Text { get; init; }
}
