namespace Batchwork.Engine.Jobs;

/// <summary>A part as a page shows it.</summary>
public sealed record PartSummary
{
    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required int TryNumber { get; init; }

    public required int RequestCount { get; init; }

    public required PartState State { get; init; }

    public required string? BatchId { get; init; }

    /// <summary>The provider's own word for the status.</summary>
    public required string? RawStatus { get; init; }

    public required int ProviderTotal { get; init; }

    public required int ProviderCompleted { get; init; }

    public required int ProviderFailed { get; init; }

    public required DateTimeOffset? SubmittedAt { get; init; }

    public required DateTimeOffset? ProviderExpiresAt { get; init; }

    public required DateTimeOffset? LastPolledAt { get; init; }

    /// <summary>Why it is where it is, for people.</summary>
    public required string? Reason { get; init; }
}
