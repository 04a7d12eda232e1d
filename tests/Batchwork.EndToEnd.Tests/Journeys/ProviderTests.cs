using System.IO.Compression;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>The same sheet at each provider that is not the demo's own: from an account of one's own to a zip whose pictures are whole.</summary>
public sealed class ProviderTests(ChromiumFixture chromium)
{
    private const string Sheet = """
        id,prompt,aspect ratio,n
        fox,A red fox in the snow,1:1,1
        sea,A lighthouse above the sea,16:9,2
        tea,A tin of bergamot tea on linen,,1
        no,Something that is not painted [[refuse]],,1
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("google/v1beta", "Google")]
    [InlineData("xai/v1", "xAI")]
    public async Task Sheet_AtAnotherProvider_BecomesAZipOfPictures(string provider, string name)
    {
        await using var emulator = EmulatedProvider.Quick();
        await emulator.StartAsync(Token);
        await using var dashboard = EmulatedProvider.Dashboard();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));
        await tab.ConnectAsync(emulator, provider);

        await tab.UploadAsync("sheet.csv", Sheet);
        await Assertions.Expect(tab.Page.GetByText("4 ready", new() { Exact = true })).ToBeVisibleAsync();
        await tab.TakeScreenshotAsync($"draft-{provider.Split('/')[0]}");
        await tab.RunAsync(4);
        await tab.WaitForEndAsync(4);

        var progress = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Progress" });
        await Assertions.Expect(progress).ToContainTextAsync("3 stored");
        await Assertions.Expect(progress).ToContainTextAsync("1 refused");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(name);
        await tab.TakeScreenshotAsync($"job-{provider.Split('/')[0]}");
        var thumbnails = tab.Page.GetByRole(AriaRole.List, new() { Name = "Images" }).GetByRole(AriaRole.Img);
        await Assertions.Expect(thumbnails).ToHaveCountAsync(4);
        await thumbnails.First.EvaluateAsync("image => image.decode()");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.Link("Download all 4").ClickAsync());
        using var zip = ZipFile.OpenRead(await download.PathAsync());
        Assert.Equal(4, zip.Entries.Count(e => e.Name.EndsWith(".png", StringComparison.Ordinal) || e.Name.EndsWith(".jpg", StringComparison.Ordinal)));
        Assert.Equal(1, await emulator.AcceptedAsync(Token));
        await tab.AssertCalmAsync();
        if (name == "xAI")
        {
            await LookAtCostsAsync(dashboard);
        }
    }

    /// <summary>What the provider charged is on the page of costs, against a budget, in every view.</summary>
    private async Task LookAtCostsAsync(DashboardProcess dashboard)
    {
        await using (var admin = await chromium.OpenTabAsync(View.Default, dashboard.Address))
        {
            await admin.SignInAsync();
            await admin.Page.GotoAsync("/w/studio/costs");
            await admin.Page.Button("Set a budget for This workspace").ClickAsync();
            await admin.Page.GetByLabel("US dollars a month for this workspace").FillAsync("0.30");
            await admin.Page.Button("Save").ClickAsync();
            await Assertions.Expect(admin.Page.GetByRole(AriaRole.Meter, new() { Name = "Budget of This workspace" })).ToBeVisibleAsync();
        }

        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SignInAsync();
        await tab.Page.GetByText("used this month").WaitForAsync();
        await tab.LookAsync("home-spend");
        foreach (var (address, screenshot) in new[] { ("costs", "costs"), ("costs?by=month", "costs-months") })
        {
            await tab.Page.GotoAsync($"/w/studio/{address}");
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Jobs" })).ToContainTextAsync("$");
            await tab.LookAsync(screenshot);
        }

        await tab.Page.GotoAsync("/w/studio/connections");
        await tab.Page.GetByRole(AriaRole.List, new() { Name = "Connections" }).GetByText("abcd").ClickAsync();
        await tab.Page.Button("Pause").WaitForAsync();
        await tab.LookAsync("connection");
    }

    [Fact]
    public async Task Demo_OfEachOtherProvider_MakesPicturesWithoutAKey()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));
        foreach (var demo in new[] { "Demo Gemini", "Demo xAI" })
        {
            await tab.UploadAsync("sheet.csv", "prompt\nA paper boat on a pond\nA red kite\n");
            await tab.Page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = demo });
            await Assertions.Expect(tab.Page.GetByText("$0.00 (demo)").First).ToBeVisibleAsync();
            await tab.RunAsync(2);
            await tab.WaitForEndAsync(2);
        }

        await tab.AssertCalmAsync();
    }
}
