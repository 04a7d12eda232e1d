using System.Globalization;
using System.Text.Json;

namespace Batchwork.Json;

/// <summary>Reads dates as providers write them. What cannot be read is no date.</summary>
internal static class JsonDates
{
    // Seconds reach this in the year 5138, milliseconds passed it in 1973.
    private const double FirstMilliseconds = 100_000_000_000;

    private const double LastSecond = 253_402_300_799;

    /// <summary>Seconds (OpenAI: <c>1795000000</c>) or milliseconds since 1970, or ISO 8601.</summary>
    public static DateTimeOffset? Date(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && number > 0)
        {
            var seconds = number >= FirstMilliseconds ? number / 1000 : number;
            return seconds <= LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        }

        return element.Text() is { Length: > 0 } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;
    }
}
