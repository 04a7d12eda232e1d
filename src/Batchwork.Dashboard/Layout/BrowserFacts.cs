namespace Batchwork.Dashboard.Layout;

/// <summary>What the browser tells when a page is loaded.</summary>
/// <param name="IsDark">Whether the device is set to dark colours.</param>
/// <param name="Zone">The time zone's name.</param>
internal sealed record BrowserFacts(bool IsDark, string? Zone);
