namespace Batchwork.Engine.Jobs;

/// <summary>Which jobs a list shows.</summary>
public sealed record JobFilter
{
    /// <summary>Part of the name, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>States to show; empty for all.</summary>
    public IReadOnlyCollection<JobState> States { get; init; } = [];

    /// <summary>Jobs to leave out before the first.</summary>
    public int Offset { get; init; }

    /// <summary>Jobs to read, at most 200.</summary>
    public int Count { get; init; } = 25;
}
