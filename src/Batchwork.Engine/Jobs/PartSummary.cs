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

    /// <summary>When something is done for it next; <see langword="null"/> when it is closed or waits for a person.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>Whether it waits for room in the provider's queue.</summary>
    public bool WaitsForQueue { get; init; }

    /// <summary>When a person asked to stop this part alone.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>When the provider deletes its results.</summary>
    public DateTimeOffset? ResultsExpireAt { get; init; }

    /// <summary>When people were warned of that; <see langword="null"/> as long as there is no need.</summary>
    public DateTimeOffset? ExpiryWarnedAt { get; init; }

    /// <summary>Other batches at the provider with the same tag. Not needed, and charged if they run.</summary>
    public IReadOnlyList<string> DuplicateBatchIds { get; init; } = [];
}
