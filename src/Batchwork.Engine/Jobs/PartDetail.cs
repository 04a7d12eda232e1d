namespace Batchwork.Engine.Jobs;

/// <summary>All that is known of a part, and what can be done with it.</summary>
public sealed record PartDetail
{
    public required PartSummary Summary { get; init; }

    /// <summary>Its place among the job's parts: "part 3 of 7".</summary>
    public required int PartsOfJob { get; init; }

    /// <summary>How its rows ended so far: states that occur, with their numbers of rows.</summary>
    public required IReadOnlyDictionary<RowState, int> Rows { get; init; }

    /// <summary>What happened to it, the latest first, at most 200 entries.</summary>
    public required IReadOnlyList<ActivityItem> History { get; init; }

    /// <summary>Its submissions, in order.</summary>
    public required IReadOnlyList<AttemptItem> Attempts { get; init; }

    /// <summary>The provider's last answer word for word, without secrets, at most 64 KiB.</summary>
    public required string? RawAnswer { get; init; }

    /// <summary>Why the batch as a whole failed, in the provider's words.</summary>
    public required string? Failure { get; init; }

    /// <summary>What "Resubmit unfinished rows" would send.</summary>
    public required RetryPreview Unfinished { get; init; }

    public required bool CanPoll { get; init; }

    public required bool CanCollectAgain { get; init; }

    public required bool CanCancel { get; init; }
}
