using System.Globalization;

namespace Batchwork.Emulator.Storage;

/// <summary>Spans of time in words.</summary>
internal static class Spans
{
    private static readonly (string Ending, double Seconds)[] s_units =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>Reads <c>250ms</c>, <c>5s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c> or <c>hh:mm:ss</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan span)
    {
        text = text.Trim();
        foreach (var (ending, seconds) in s_units)
        {
            if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && TryNumber(text[..^ending.Length], out var count))
            {
                span = TimeSpan.FromSeconds(count * seconds);
                return true;
            }
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span) && text.Contains(':');
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number < 1e9;
}
