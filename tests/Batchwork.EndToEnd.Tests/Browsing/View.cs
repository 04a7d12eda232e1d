using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>What a page is looked at with.</summary>
public readonly record struct View(Theme Theme, Device Device)
{
    public static View Default => new(Theme.Light, Device.Desktop);

    /// <summary>What a tour looks with: both themes, on desktop and phone, so that each follows the one before with one change.</summary>
    public static IReadOnlyList<View> Tour { get; } = [Default, new(Theme.Dark, Device.Desktop), new(Theme.Dark, Device.Phone), new(Theme.Light, Device.Phone)];

    /// <summary>Part of a screenshot's name: <c>dark-phone</c>.</summary>
    public string Name => $"{Theme}-{Device}".ToLowerInvariant();

    internal ColorScheme ColorScheme => Theme == Theme.Dark ? ColorScheme.Dark : ColorScheme.Light;

    internal (int Width, int Height) Size => Device switch
    {
        Device.Phone => (390, 844),
        Device.Tablet => (1024, 768),
        _ => (1440, 900),
    };

    internal BrowserNewContextOptions ToContextOptions(Uri? baseAddress) => new()
    {
        BaseURL = baseAddress?.ToString(),
        ColorScheme = ColorScheme,
        ViewportSize = new ViewportSize { Width = Size.Width, Height = Size.Height },
        IsMobile = Device == Device.Phone,
        HasTouch = Device == Device.Phone,
        Locale = "en-US",
        TimezoneId = "UTC",
    };
}
