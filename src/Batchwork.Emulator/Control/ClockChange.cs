namespace Batchwork.Emulator.Control;

/// <summary>What the clock is asked to do.</summary>
internal sealed record ClockChange(TimeSpan? Advance, bool? Freeze, bool? Run);
