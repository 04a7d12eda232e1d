using System.Globalization;

namespace Batchwork.CrashHarness.Injected;

/// <summary>
/// The real clock plus what was leapt over, so that nobody waits minutes for a poll that is due then. Timers run ten times as fast. It remembers its
/// leaps over restarts: time never runs backwards.
/// </summary>
public sealed class LeapingTime : TimeProvider
{
    private const int Haste = 10;
    private readonly string _file;
    private long _leapt;

    public LeapingTime(string file)
    {
        _file = file;
        _leapt = File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var leapt) ? leapt : 0;
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _leapt));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    /// <summary>Leaps. Known on disk before anybody sees it.</summary>
    public void Leap(TimeSpan span)
    {
        var leapt = Interlocked.Read(ref _leapt) + span.Ticks;
        File.WriteAllText(_file + ".part", leapt.ToString(CultureInfo.InvariantCulture));
        File.Move(_file + ".part", _file, overwrite: true);
        Interlocked.Exchange(ref _leapt, leapt);
    }

    private static TimeSpan Hurried(TimeSpan span) => span > TimeSpan.Zero ? span / Haste : span;
}
