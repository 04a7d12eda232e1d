using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>A page in a session of its own, with an ear for what goes wrong behind the pixels.</summary>
public sealed class BrowserTab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    internal BrowserTab(IBrowserContext context, IPage page, View view)
    {
        _context = context;
        Page = page;
        View = view;
        page.PageError += (_, error) => _faults.Enqueue($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        context.Request += (_, request) =>
        {
            if (LeavesThisMachine(request.Url))
            {
                _faults.Enqueue($"asked for {request.Url}, which is not ours");
            }
        };
    }

    public IPage Page { get; }

    public View View { get; private set; }

    /// <summary>Script errors, console errors and requests to other machines so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>
    /// The page had no script error, wrote no console error, asked nobody but this machine for anything, and shows no broken picture.
    /// </summary>
    public async Task AssertCalmAsync()
    {
        var broken = await Page.EvaluateAsync<string[]>(
            "() => [...document.images].filter(image => image.complete && image.naturalWidth === 0 && image.src).map(image => image.src)");
        var faults = _faults.Concat(broken.Select(source => $"broken picture: {source}")).ToList();
        if (faults.Count > 0)
        {
            Assert.Fail($"{Page.Url} had {faults.Count} faults:\n  " + string.Join("\n  ", faults));
        }
    }

    /// <summary>Forgets the faults a test has provoked on purpose, such as a lost connection.</summary>
    public void ForgetFaults() => _faults.Clear();

    /// <summary>Shows the page that is open in another theme and size, as when a person turns their system dark or their window small.</summary>
    /// <param name="view">How.</param>
    public async Task ShowAsync(View view)
    {
        View = view;
        await Page.EmulateMediaAsync(new() { ColorScheme = view.ColorScheme });
        await Page.SetViewportSizeAsync(view.Size.Width, view.Size.Height);
        // The server draws the theme, so it comes a moment later.
        await Page.WaitForFunctionAsync(
            "isDark => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number); return (r + g + b < 384) === isDark; }",
            view.Theme == Theme.Dark);
    }

    /// <summary>Looks at the page that is open in every view: takes its picture, lets axe judge it, and listens for what went wrong.</summary>
    /// <param name="name">The page's name, for example <c>job-gallery</c>.</param>
    /// <param name="fullPage">The whole page instead of what the screen shows.</param>
    public async Task LookAsync(string name, bool fullPage = false)
    {
        foreach (var view in View.Tour)
        {
            await ShowAsync(view);
            await TakeScreenshotAsync(name, fullPage);
            await AccessibilityCheck.AssertNoneSeriousAsync(Page);
        }

        await AssertCalmAsync();
        await ShowAsync(View.Default);
    }

    /// <summary>Writes <c>artifacts/screenshots/NAME-light-desktop.png</c> (or dark, tablet, phone), once the fonts are there.</summary>
    /// <param name="name">The page's name, for example <c>job-gallery</c>.</param>
    /// <param name="fullPage">The whole page instead of what the screen shows.</param>
    /// <returns>The file.</returns>
    public async Task<string> TakeScreenshotAsync(string name, bool fullPage = false)
    {
        await Page.EvaluateAsync("() => document.fonts.ready");
        var file = Path.Combine(RepositoryFolders.Artifacts, "screenshots", $"{name}-{View.Name}.png");
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = file,
            FullPage = fullPage,
            Animations = ScreenshotAnimations.Disabled,
        });
        return file;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static bool LeavesThisMachine(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" or "ws" or "wss"
        && !address.IsLoopback;
}
