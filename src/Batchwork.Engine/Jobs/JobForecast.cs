namespace Batchwork.Engine.Jobs;

/// <summary>When a job may be done, judged by how long this workspace's own finished jobs of the same model took. A guess with its basis; no basis, no guess.</summary>
/// <param name="Jobs">Finished jobs it is based on; 0 when there is no history yet.</param>
/// <param name="Typical">What half of them took at most.</param>
/// <param name="Longest">What the slowest took.</param>
public sealed record JobForecast(int Jobs, TimeSpan Typical, TimeSpan Longest)
{
    public static JobForecast NoHistory { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>How long a job that runs for <paramref name="elapsed"/> may still take.</summary>
    /// <param name="elapsed">How long it has been running.</param>
    /// <returns><see langword="null"/> without history, and when it is already past the typical time.</returns>
    public TimeSpan? Remaining(TimeSpan elapsed) => Jobs > 0 && elapsed < Typical ? Typical - elapsed : null;

    /// <summary>Makes a forecast.</summary>
    /// <param name="durations">What finished jobs took.</param>
    /// <returns>The forecast.</returns>
    public static JobForecast From(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Order().ToList();
        return sorted.Count == 0 ? NoHistory : new JobForecast(sorted.Count, sorted[(sorted.Count - 1) / 2], sorted[^1]);
    }
}
