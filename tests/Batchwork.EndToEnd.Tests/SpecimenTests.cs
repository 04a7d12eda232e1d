using Batchwork.EndToEnd.Tests.Browsing;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests;

/// <summary>The looks on their own, before any page uses them: <c>Specimen/specimen.html</c> shows every token and the logo.</summary>
public sealed class SpecimenTests(ChromiumFixture chromium)
{
    // No server stands behind this address: the tab is given the repository's files for it. From file:// a page may not read its own styles.
    private const string Repository = "http://localhost/";

    [Theory]
    [InlineData(Theme.Light, Device.Desktop)]
    [InlineData(Theme.Dark, Device.Desktop)]
    [InlineData(Theme.Light, Device.Phone)]
    [InlineData(Theme.Dark, Device.Phone)]
    public async Task Looks_InEveryView_ReadWell(Theme theme, Device device)
    {
        await using var tab = await OpenSpecimenAsync(new View(theme, device));

        Assert.True(File.Exists(await tab.TakeScreenshotAsync("specimen", fullPage: true)));
        await AccessibilityCheck.AssertNoneSeriousAsync(tab.Page);
        await tab.AssertCalmAsync();
    }

    [Fact]
    public async Task Font_OnThePage_IsOurOwnInter()
    {
        await using var tab = await OpenSpecimenAsync(View.Default);
        await tab.Page.EvaluateAsync("() => document.fonts.ready");

        var loaded = await tab.Page.EvaluateAsync<string[]>(
            "() => [...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('\"', ''))");
        // Both files: the specimen has letters of either range.
        Assert.Equal(["Inter", "Inter"], loaded);
    }

    [Fact]
    public async Task Numbers_ThatChange_KeepTheirWidth()
    {
        await using var tab = await OpenSpecimenAsync(View.Default);
        await tab.Page.EvaluateAsync("() => document.fonts.ready");

        Assert.Equal(await WidthOfAsync(tab.Page, "1,111", "bw-number"), await WidthOfAsync(tab.Page, "8,888", "bw-number"));
        Assert.NotEqual(await WidthOfAsync(tab.Page, "1,111", ""), await WidthOfAsync(tab.Page, "8,888", ""));
    }

    [Theory]
    [InlineData(Theme.Light, "dark", "rgb(15, 17, 20)")]
    [InlineData(Theme.Dark, "light", "rgb(247, 247, 245)")]
    public async Task Theme_ChosenByThePerson_WinsOverTheSystems(Theme system, string chosen, string page)
    {
        await using var tab = await OpenSpecimenAsync(new View(system, Device.Desktop));

        await tab.Page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", chosen);

        await Assertions.Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", page);
    }

    [Theory]
    [InlineData(ReducedMotion.NoPreference, 1)]
    [InlineData(ReducedMotion.Reduce, 0)]
    public async Task Motion_AsThePersonPrefers_RunsOrRests(ReducedMotion preference, int moving)
    {
        await using var tab = await OpenSpecimenAsync(View.Default);
        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = preference });

        Assert.Equal(moving, await tab.Page.EvaluateAsync<int>("() => document.querySelector('.bw-bar').getAnimations({ subtree: true }).length"));
    }

    private async Task<BrowserTab> OpenSpecimenAsync(View view)
    {
        var tab = await chromium.OpenTabAsync(view);
        await tab.Page.RouteAsync($"{Repository}**", route =>
        {
            var path = Path.Combine(RepositoryFolders.Root, new Uri(route.Request.Url).AbsolutePath.TrimStart('/'));
            // Playwright knows the other types by itself.
            var type = Path.GetExtension(path) == ".svg" ? "image/svg+xml" : null;
            return route.FulfillAsync(new RouteFulfillOptions { Path = path, ContentType = type });
        });
        await tab.Page.GotoAsync($"{Repository}tests/Batchwork.EndToEnd.Tests/Specimen/specimen.html");
        return tab;
    }

    private static async Task<float> WidthOfAsync(IPage page, string text, string className) => await page.EvaluateAsync<float>(
        """
        ([text, className]) => {
          const span = document.body.appendChild(document.createElement('span'));
          span.className = className;
          span.textContent = text;
          return span.getBoundingClientRect().width;
        }
        """,
        new[] { text, className });
}
