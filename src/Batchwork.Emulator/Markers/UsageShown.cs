namespace Batchwork.Emulator.Markers;

/// <summary>How an answer tells what it used (F52).</summary>
internal enum UsageShown
{
    Right,

    /// <summary>Not at all.</summary>
    Left,

    /// <summary>In numbers below zero.</summary>
    Negative,
}
