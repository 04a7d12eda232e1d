using System.Text.Json;

namespace Batchwork;

/// <summary>A batch at its provider at one moment.</summary>
public sealed record BatchSnapshot
{
    /// <summary>The provider's id of the batch.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's id, for example <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The status, or <see langword="null"/> when the provider used a word this client does not know: keep the last known status, show <see cref="RawStatus"/> and go on polling.</summary>
    public required BatchStatus? Status { get; init; }

    /// <summary>The provider's own word for the status.</summary>
    public string? RawStatus { get; init; }

    /// <summary>The provider's counters.</summary>
    public BatchRequestCounts RequestCounts { get; init; } = BatchRequestCounts.None;

    /// <summary>When the provider accepted the batch.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the batch ended, in whatever way.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the provider will give the batch up.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why the batch as a whole failed; empty otherwise.</summary>
    public IReadOnlyList<BatchError> Errors { get; init; } = [];

    /// <summary>The uploaded requests.</summary>
    public string? InputFileId { get; init; }

    /// <summary>The file of successful results. A completed batch without any success has none.</summary>
    public string? OutputFileId { get; init; }

    /// <summary>The file of failed requests.</summary>
    public string? ErrorFileId { get; init; }

    /// <summary>Notes kept with the batch.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The provider's answer as it came, without secrets.</summary>
    public JsonElement Raw { get; init; }
}
