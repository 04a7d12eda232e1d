using System.Globalization;

namespace Batchwork.Dashboard.Shared;

/// <summary>The time where the person is. The server's own zone is nobody's concern. Pages get it as a cascading parameter.</summary>
/// <param name="Zone">The browser's time zone; UTC when it does not say.</param>
public sealed record BrowserClock(TimeZoneInfo Zone)
{
    public static BrowserClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>Makes the clock of a browser.</summary>
    /// <param name="zone">The zone's name as browsers tell it, for example <c>Europe/Ljubljana</c>.</param>
    /// <returns>Its clock; UTC's for a name that this machine does not know.</returns>
    public static BrowserClock Of(string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? new BrowserClock(found) : Utc;

    /// <summary>A moment as the person's own clocks show it.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The same moment, in their zone.</returns>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>A moment in full, in the reader's culture, for tooltips.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>For example <c>Sunday, November 22, 2026 2:02 PM (UTC+01:00)</c>.</returns>
    public string Exact(DateTimeOffset moment)
    {
        var local = Local(moment);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : $"UTC{local.ToString("zzz", CultureInfo.InvariantCulture)}";
        return $"{local.ToString("f", CultureInfo.CurrentCulture)} ({offset})";
    }

    /// <summary>How one greets at this time of day.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>For example <c>Good morning</c>.</returns>
    public string Greeting(DateTimeOffset now) => Local(now).Hour switch
    {
        >= 5 and < 12 => "Good morning",
        >= 12 and < 18 => "Good afternoon",
        _ => "Good evening",
    };
}
