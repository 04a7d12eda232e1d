namespace Batchwork;

/// <summary>How to wait for a batch.</summary>
public sealed record BatchWaitOptions
{
    /// <summary>Time between two polls. Default 15 seconds. A provider that asks for more time gets it.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait at most; <see langword="null"/>, the default, for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Is told of every poll, also of the last.</summary>
    public Action<BatchSnapshot>? OnPoll { get; init; }

    /// <summary>Most polls in a row that may fail for reasons that can pass by themselves. Default 100, at the default interval about half an hour with each poll's own retries.</summary>
    public int MaxFailedPolls { get; init; } = 100;

    /// <summary>Most polls in a row whose status is a word that is not known here. Default 100.</summary>
    public int MaxUnknownPolls { get; init; } = 100;
}
