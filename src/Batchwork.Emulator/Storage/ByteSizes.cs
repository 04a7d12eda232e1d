using System.Globalization;

namespace Batchwork.Emulator.Storage;

/// <summary>Numbers of bytes in words.</summary>
internal static class ByteSizes
{
    private static readonly (string Ending, double Bytes)[] s_units =
        [("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("", 1)];

    /// <summary>Reads <c>1000</c>, <c>64KiB</c>, <c>100MB</c> or <c>1GB</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long bytes)
    {
        text = text.Trim();
        foreach (var (ending, size) in s_units)
        {
            if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text[..^ending.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count * size < 1e13)
            {
                bytes = (long)(count * size);
                return true;
            }
        }

        bytes = 0;
        return false;
    }
}
