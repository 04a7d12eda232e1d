using System.Text;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>Sheets of one's own: long ones, and ones with problems.</summary>
public sealed class SheetTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThousandRows_RunToTheirEnd_AllStored()
    {
        await using var emulator = EmulatedProvider.Quick();
        await emulator.StartAsync(Token);
        await using var dashboard = EmulatedProvider.Dashboard();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));
        await tab.ConnectAsync(emulator);
        var csv = new StringBuilder("id;prompt;size;quality\n");
        for (var i = 0; i < 1_000; i++)
        {
            csv.Append("sku-").Append(i).Append(";\"A red bicycle; number ").Append(i).Append("\";1024x1024;low\n");
        }

        await tab.UploadAsync("bicycles.csv", csv.ToString());
        await Assertions.Expect(tab.Page.GetByText("1,000 ready", new() { Exact = true })).ToBeVisibleAsync();
        await tab.RunAsync(1_000);

        await tab.WaitForEndAsync(1_000);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Progress" })).ToContainTextAsync("1,000 stored");
        Assert.Equal(1, await emulator.AcceptedAsync(Token));
        await tab.AssertCalmAsync();
    }

    [Fact]
    public async Task ProblemSheet_NamesRowsAndLeavesThemOutOnlyWhenTold()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));

        await tab.UploadAsync("bad.csv", """
            id,prompt,n,size
            a,A lighthouse in fog,1,1024x1024
            a,A lighthouse in snow,1,1024x1024
            c,,1,1024x1024
            d,A harbour at night,eleven,1024x1024
            e,A ferry in a storm,1,1025x1025
            f,A paper boat,2,1024x1536
            """);

        var problems = tab.Page.GetByRole(AriaRole.Main);
        await Assertions.Expect(problems).ToContainTextAsync("n must be a whole number from 1 to 10, got 'eleven'");
        await Assertions.Expect(problems).ToContainTextAsync("row 5");
        await tab.TakeScreenshotAsync("draft-problems");
        await tab.Page.GetByLabel("Only rows with problems").CheckAsync();
        await tab.Page.Link("Continue").ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run ") })).ToBeDisabledAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Skip these \\d rows$") }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run \\d rows?$") })).ToBeEnabledAsync();
        await tab.AssertCalmAsync();
    }
}
