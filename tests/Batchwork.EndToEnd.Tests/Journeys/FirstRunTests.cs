using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>The main job, end to end, as a newcomer does it: from an empty data folder to an opened zip of pictures, without any key.</summary>
public sealed class FirstRunTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DemoSheet_FromAnEmptyFolder_BecomesAZipOfPictures()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));

        await tab.Page.Button("Try the demo sheet").ClickAsync();
        await tab.Page.WaitForURLAsync("**/drafts/**");
        await MendAsync(tab.Page);
        await tab.RunAsync(24);

        // The pictures appear by themselves while the page stays open.
        await tab.WaitForEndAsync(40);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Progress" })).ToContainTextAsync("= 24");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.List, new() { Name = "Images" }).GetByRole(AriaRole.Img).First).ToBeVisibleAsync();
        await tab.TakeScreenshotAsync("job-gallery");
        await tab.AssertCalmAsync();

        var pictures = await DownloadAsync(tab.Page);
        Assert.Equal(40, pictures);
    }

    /// <summary>Fixes the three problems of the demo sheet, each in another way.</summary>
    private static async Task MendAsync(IPage page)
    {
        await page.Button("Use 1024x1024").ClickAsync();
        await EditCellAsync(page, "poster-film", "Prompt", "Poster for an open-air film night");
        await EditCellAsync(page, "harbour", "Images", "2");
        await Assertions.Expect(page.GetByText("24 ready")).ToBeVisibleAsync();
    }

    private static async Task EditCellAsync(IPage page, string id, string column, string text)
    {
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = id });
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{column} of row") }).ClickAsync();
        var editor = row.GetByRole(AriaRole.Textbox);
        await editor.FillAsync(text);
        await editor.PressAsync("Enter");
    }

    /// <summary>Downloads everything and opens it: every picture decodes, and the manifests name exactly what is there.</summary>
    private static async Task<int> DownloadAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Link("Download all 40").ClickAsync());
        using var zip = ZipFile.OpenRead(await download.PathAsync());
        var pictures = zip.Entries.Where(e => e.Name.EndsWith(".png", StringComparison.Ordinal)).ToList();
        foreach (var entry in pictures)
        {
            await using var stream = entry.Open();
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Token);
            using var image = NetVips.Image.NewFromBuffer(bytes.ToArray());
            Assert.True(image.Avg() > 0, $"{entry.Name} is black");
        }

        await using var manifest = zip.GetEntry("manifest.json")!.Open();
        using var json = await JsonDocument.ParseAsync(manifest, cancellationToken: Token);
        Assert.NotNull(zip.GetEntry("manifest.csv"));
        Assert.Contains("mug-hero", json.RootElement.GetRawText(), StringComparison.Ordinal);
        return pictures.Count;
    }
}
