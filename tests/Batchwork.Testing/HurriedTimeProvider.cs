namespace Batchwork.Testing;

/// <summary>
/// A clock on which short waits are over at once, for tests that go through retries and polls without wanting to know when. Long ones (timeouts) take their
/// time, so that nothing ends early.
/// </summary>
public sealed class HurriedTimeProvider : TimeProvider
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(45);

    /// <summary>The waits that were skipped, in order.</summary>
    public List<TimeSpan> Skipped { get; } = [];

    /// <summary>The time it shows; the system's when not set.</summary>
    public DateTimeOffset? Now { get; init; }

    public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime < s_shortest)
        {
            lock (Skipped)
            {
                Skipped.Add(dueTime);
            }

            dueTime = TimeSpan.Zero;
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }
}
