namespace Batchwork.Engine.Jobs;

/// <summary>A job in a list.</summary>
public sealed record JobSummary
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Provider { get; init; }

    /// <summary>The provider's name for people.</summary>
    public required string ProviderName { get; init; }

    public required string Model { get; init; }

    public required bool IsDemo { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required JobState State { get; init; }

    public required string? Reason { get; init; }

    public required JobLedger Ledger { get; init; }
}
