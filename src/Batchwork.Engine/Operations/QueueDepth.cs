namespace Batchwork.Engine.Operations;

/// <summary>What there is to do.</summary>
public sealed record QueueDepth
{
    /// <summary>Parts that have not ended, by state, in the order of their way.</summary>
    public required IReadOnlyList<StateCount> States { get; init; }

    /// <summary>Since when the part that waits longest is due; <see langword="null"/> when none is.</summary>
    public required DateTimeOffset? OldestDue { get; init; }

    /// <summary>When the next part becomes due.</summary>
    public required DateTimeOffset? NextCheck { get; init; }

    /// <summary>Pictures without a thumbnail yet.</summary>
    public required int ThumbnailsToMake { get; init; }

    public int Parts => States.Sum(s => s.Parts);

    public int Due => States.Sum(s => s.Due);
}
