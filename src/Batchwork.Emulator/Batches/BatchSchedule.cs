namespace Batchwork.Emulator.Batches;

/// <summary>How long a batch stays in each state.</summary>
public sealed record BatchSchedule
{
    /// <summary>A job of 24 rows is done in about ten seconds, with counts one can watch grow.</summary>
    public static BatchSchedule Brisk => new();

    /// <summary>Done as soon as it is created.</summary>
    public static BatchSchedule Instant => new()
    {
        Validating = TimeSpan.Zero,
        ShortestRun = TimeSpan.Zero,
        LongestRun = TimeSpan.Zero,
        PicturesPerSecond = double.PositiveInfinity,
        Finalizing = TimeSpan.Zero,
        Cancelling = TimeSpan.Zero,
    };

    /// <summary>Time in <c>validating</c>.</summary>
    public TimeSpan Validating { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The least time in <c>in_progress</c>.</summary>
    public TimeSpan ShortestRun { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most time in <c>in_progress</c>. Files that take longer to make keep the batch in <c>finalizing</c>.</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How fast pictures are made, by the schedule: the time in <c>in_progress</c> of larger batches.</summary>
    public double PicturesPerSecond { get; init; } = 5;

    /// <summary>Time in <c>finalizing</c>.</summary>
    public TimeSpan Finalizing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time in <c>cancelling</c>.</summary>
    public TimeSpan Cancelling { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this a batch that is not done expires.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The time <paramref name="pictures"/> take.</summary>
    public TimeSpan Run(long pictures)
    {
        var seconds = Math.Min(pictures / PicturesPerSecond, LongestRun.TotalSeconds);
        return TimeSpan.FromTicks(Math.Max(ShortestRun.Ticks, TimeSpan.FromSeconds(seconds).Ticks));
    }

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, span) in new[]
        {
            ("validating", Validating), ("shortestRun", ShortestRun), ("longestRun", LongestRun),
            ("finalizing", Finalizing), ("cancelling", Cancelling), ("window", Window),
        })
        {
            if (span < TimeSpan.Zero || span > TimeSpan.FromDays(365))
            {
                yield return $"schedule.{name} must be between 0 and a year";
            }
        }

        if (!(PicturesPerSecond > 0))
        {
            yield return "schedule.picturesPerSecond must be more than 0";
        }
    }
}
