using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Clock;

/// <summary>
/// The emulator's time: real time plus what it was advanced by, or a moment it was frozen at. It never runs backwards and survives a
/// restart. Only dates come from it; delays on the wire take real time.
/// </summary>
public sealed class EmulatorClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _real;
    private readonly string _path;
    private ClockReading _reading;

    internal EmulatorClock(TimeProvider real, EmulatorFolder folder)
    {
        _real = real;
        _path = folder.At("clock.json");
        _reading = File.Exists(_path) ? DurableFile.ReadJson<ClockReading>(_path) : new ClockReading(TimeSpan.Zero, null);
    }

    /// <summary>Whether time stands still.</summary>
    public bool IsFrozen
    {
        get
        {
            lock (_lock)
            {
                return _reading.FrozenAt is not null;
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _real.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => _real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves time on, also while it is frozen.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_lock)
        {
            Keep(
                _reading.FrozenAt is { } frozen ? _reading with { FrozenAt = frozen + by } : _reading with { Ahead = _reading.Ahead + by });
        }
    }

    /// <summary>Stops time.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            Keep(_reading with { FrozenAt = Now() });
        }
    }

    /// <summary>Lets time run on from where it was frozen.</summary>
    public void Run()
    {
        lock (_lock)
        {
            if (_reading.FrozenAt is { } frozen)
            {
                Keep(new ClockReading(frozen - _real.GetUtcNow(), null));
            }
        }
    }

    private DateTimeOffset Now() => _reading.FrozenAt ?? (_real.GetUtcNow() + _reading.Ahead);

    private void Keep(ClockReading reading)
    {
        DurableFile.WriteJson(_path, reading);
        _reading = reading;
    }
}
