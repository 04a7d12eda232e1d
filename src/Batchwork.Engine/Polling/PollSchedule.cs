namespace Batchwork.Engine.Polling;

/// <summary>When to ask a provider next: every 15 seconds in the first minutes, then every minute, then every five, after a day every fifteen.</summary>
internal static class PollSchedule
{
    private static readonly TimeSpan s_demo = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after a failure of the provider.</summary>
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>Time to the next status call.</summary>
    /// <param name="age">Time since the batch was accepted.</param>
    /// <param name="isDemo">Whether it is the demo, which is asked every second.</param>
    /// <returns>The wait, spread by ±10 % so that many batches do not ask at once.</returns>
    public static TimeSpan NextPoll(TimeSpan age, bool isDemo) => isDemo ? s_demo : Spread(age switch
    {
        _ when age < TimeSpan.FromMinutes(5) => TimeSpan.FromSeconds(15),
        _ when age < TimeSpan.FromMinutes(30) => TimeSpan.FromMinutes(1),
        _ when age < TimeSpan.FromHours(24) => TimeSpan.FromMinutes(5),
        _ => TimeSpan.FromMinutes(15),
    });

    /// <summary>Time to the next try after a failure: doubling from one second to five minutes.</summary>
    /// <param name="failures">Failures in a row so far.</param>
    /// <returns>The wait, spread by ±10 %.</returns>
    public static TimeSpan BackOff(int failures) =>
        Spread(TimeSpan.FromSeconds(Math.Min(s_longestBackOff.TotalSeconds, Math.Pow(2, Math.Min(failures, 16)))));

    private static TimeSpan Spread(TimeSpan wait) => wait * (0.9 + (0.2 * Random.Shared.NextDouble()));
}
