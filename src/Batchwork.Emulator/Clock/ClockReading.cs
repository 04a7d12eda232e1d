namespace Batchwork.Emulator.Clock;

/// <summary>What must be known to tell the emulator's time after a restart.</summary>
internal sealed record ClockReading(TimeSpan Ahead, DateTimeOffset? FrozenAt);
