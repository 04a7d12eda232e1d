using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>What a page is looked at with.</summary>
public readonly record struct View(Theme Theme, Device Device)
{
    public static View Default => new(Theme.Light, Device.Desktop);

    /// <summary>
    /// What a tour looks with: each theme and each width once, or with <c>BATCHWORK_TOUR=all</c> every pair of them. Each view is minutes of the
    /// suite, and what one view shows wrong is nearly always wrong in the other of its theme or width, too.
    /// </summary>
    public static IReadOnlyList<View> Tour { get; } = Environment.GetEnvironmentVariable("BATCHWORK_TOUR") == "all"
        ? [Default, new(Theme.Dark, Device.Desktop), new(Theme.Light, Device.Phone), new(Theme.Dark, Device.Phone)]
        : [Default, new(Theme.Dark, Device.Phone)];

    /// <summary>Part of a screenshot's name: <c>dark-phone</c>.</summary>
    public string Name => $"{Theme}-{Device}".ToLowerInvariant();

    internal BrowserNewContextOptions ToContextOptions(Uri? baseAddress) => new()
    {
        BaseURL = baseAddress?.ToString(),
        ColorScheme = Theme == Theme.Dark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = Device switch
        {
            Device.Phone => new ViewportSize { Width = 390, Height = 844 },
            Device.Tablet => new ViewportSize { Width = 1024, Height = 768 },
            _ => new ViewportSize { Width = 1440, Height = 900 },
        },
        IsMobile = Device == Device.Phone,
        HasTouch = Device == Device.Phone,
        Locale = "en-US",
        TimezoneId = "UTC",
    };
}
