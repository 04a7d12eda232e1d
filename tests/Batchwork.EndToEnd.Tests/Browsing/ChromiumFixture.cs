using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>
/// The one browser of a test run: the machine's own, driven by Playwright. Playwright's download of a browser is never asked for.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = InstalledBrowser.Find(),
            // No sandbox: containers run the tests as root. The rest keeps the browser from talking to anybody but the app under test.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        });
    }

    /// <summary>Opens an empty tab in a session of its own: nothing is shared with other tabs, as if another person sat there.</summary>
    /// <param name="view">Theme and screen.</param>
    /// <param name="baseAddress">What addresses given to the page are relative to.</param>
    public async Task<BrowserTab> OpenTabAsync(View view, Uri? baseAddress = null)
    {
        var context = await _browser!.NewContextAsync(view.ToContextOptions(baseAddress));
        return new BrowserTab(context, await context.NewPageAsync(), view);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
