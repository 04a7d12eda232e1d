using Batchwork.Engine.Collection;

namespace Batchwork.Engine.Jobs;

/// <summary>The slice of a job that becomes one batch at a provider.</summary>
public sealed class JobPart
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public required Guid ConnectionId { get; init; }

    /// <summary>Position among the job's parts, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Which try of its rows it sends, from 1.</summary>
    public required int TryNumber { get; init; }

    public required int RequestCount { get; set; }

    public PartState State { get; set; }

    /// <summary>The provider's id of the batch, as soon as it is known.</summary>
    public string? BatchId { get; set; }

    public BatchStatus? ProviderStatus { get; set; }

    /// <summary>The provider's own word for the status.</summary>
    public string? RawStatus { get; set; }

    public int ProviderTotal { get; set; }

    public int ProviderCompleted { get; set; }

    public int ProviderFailed { get; set; }

    /// <summary>File ids are kept once seen: providers have been known to take them back.</summary>
    public string? OutputFileId { get; set; }

    public string? ErrorFileId { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? ProviderExpiresAt { get; set; }

    public DateTimeOffset? ProviderEndedAt { get; set; }

    public DateTimeOffset? LastPolledAt { get; set; }

    /// <summary>Tries in a row that did not help, in the current state; spaces the next one.</summary>
    public int Checks { get; set; }

    /// <summary>When to look again; <see langword="null"/> when it is closed or waits for a person.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }

    /// <summary>Why it is where it is, for people.</summary>
    public string? Reason { get; set; }

    /// <summary>Why the batch as a whole failed, in the provider's words.</summary>
    public BatchError? Failure { get; set; }

    /// <summary>Whether it waits for room in the provider's queue; see <see cref="Submission.PartQueue"/>.</summary>
    public bool WaitsForQueue { get; set; }

    /// <summary>When a person asked to stop this part alone.</summary>
    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>Other batches at the provider that carry the same tag. Not needed, and charged if they run.</summary>
    public IReadOnlyList<string> DuplicateBatchIds { get; set; } = [];

    /// <summary>When the provider was asked to stop it.</summary>
    public DateTimeOffset? CancelSentAt { get; set; }

    /// <summary>How far each source of results has been stored; written in the same transaction as the rows it stands for.</summary>
    public IReadOnlyList<CollectCheckpoint> Checkpoints { get; set; } = [];

    /// <summary>Results of which the provider said that they are done when they were last read while the batch ran.</summary>
    public int DrainedResults { get; set; }

    /// <summary>When links to hosted pictures that are not read yet go stale. The earliest is collected first.</summary>
    public DateTimeOffset? CollectBy { get; set; }

    /// <summary>When the provider deletes the results.</summary>
    public DateTimeOffset? ResultsExpireAt { get; set; }

    /// <summary>When people were warned that the results will be deleted before they are stored.</summary>
    public DateTimeOffset? ExpiryWarnedAt { get; set; }

    /// <summary>When its files at the provider are to be deleted; <see langword="null"/> before it is stored, and when they are gone.</summary>
    public DateTimeOffset? CleanUpAt { get; set; }

    public int CleanUpTries { get; set; }

    /// <summary>The provider's last answer, without secrets, at most 64 KiB.</summary>
    public string? RawAnswer { get; set; }

    /// <summary>The process that works on it.</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Counts leases: a writer with an older number is not listened to.</summary>
    public long Fence { get; set; }
}
