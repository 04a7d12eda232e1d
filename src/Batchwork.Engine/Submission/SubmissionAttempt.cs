namespace Batchwork.Engine.Submission;

/// <summary>One try at creating a part's batch: the paid call, with the unique tag under which it can be found again.</summary>
public sealed class SubmissionAttempt
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public required Guid PartId { get; init; }

    /// <summary>Position among the part's attempts, from 1.</summary>
    public required int Number { get; init; }

    public required string Provider { get; init; }

    public AttemptState State { get; set; }

    /// <summary>Carried to the provider in file name and metadata; never used twice.</summary>
    public required string Tag { get; init; }

    /// <summary>SHA-256 of the upload, lower-case hex.</summary>
    public required string PayloadSha256 { get; init; }

    public required long PayloadBytes { get; init; }

    public required int RequestCount { get; init; }

    /// <summary>Which key it is sent with.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>This installation.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The part's fence when the attempt began.</summary>
    public required long Fence { get; init; }

    public string? InputFileId { get; set; }

    public string? BatchId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the paid call went out.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Looks made for it at the provider since it became ambiguous.</summary>
    public int Looks { get; set; }

    /// <summary>What happened, for people.</summary>
    public string? Message { get; set; }

    /// <summary>The person who decided what became of it, when one had to.</summary>
    public string? ResolvedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
