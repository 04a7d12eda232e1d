using Batchwork.Engine.Submission;

namespace Batchwork.Engine.Jobs;

/// <summary>One try at creating a part's batch, as a page shows it.</summary>
public sealed record AttemptItem
{
    /// <summary>Position among the part's attempts, from 1.</summary>
    public required int Number { get; init; }

    public required AttemptState State { get; init; }

    /// <summary>The name under which it can be found at the provider.</summary>
    public required string Tag { get; init; }

    public required string PayloadSha256 { get; init; }

    public required long PayloadBytes { get; init; }

    public required string? BatchId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the paid call went out.</summary>
    public required DateTimeOffset? SentAt { get; init; }

    /// <summary>Looks made for it at the provider.</summary>
    public required int Looks { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string? Message { get; init; }

    /// <summary>The id of the person who decided what became of it.</summary>
    public required string? ResolvedBy { get; init; }
}
