using System.Globalization;
using System.Net.Http.Headers;

namespace Batchwork;

/// <summary>How long a provider asks to wait.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Reads <c>retry-after-ms</c> (OpenAI), else <c>Retry-After</c> as seconds or as a date, and brings it between 1 second and 1 hour: a clock that is
    /// off or a year 9999 must not stop the work for ever.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (First(headers, "retry-after-ms") is { } ms && double.TryParse(ms, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return Clamp(milliseconds / 1000);
        }

        if (First(headers, "Retry-After") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return Clamp(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Clamp((date - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    /// <summary>Brings a wait between 1 second and 1 hour.</summary>
    public static TimeSpan? Clamp(double seconds)
    {
        if (double.IsNaN(seconds))
        {
            return null;
        }

        return seconds <= s_shortest.TotalSeconds ? s_shortest
            : seconds >= s_longest.TotalSeconds ? s_longest
            : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The first value of a header.</summary>
    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
