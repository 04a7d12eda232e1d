using System.Diagnostics;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>An Owner lets somebody in, changes what they may do and removes them, while the other's page stays open.</summary>
public sealed class TeamTests(ChromiumFixture chromium)
{
    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 60_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Colleague_InvitedLoweredAndRemoved_CanDoAtEachMomentWhatTheirRoleAllows()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        await using var ana = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await ana.SetUpAsync(await dashboard.SetUpAddressAsync(Token));
        await ana.Page.Link("Team").ClickAsync();
        await ana.Page.GetByLabel("E-mail addresses").FillAsync("bo@example.com, cleo@example.com");
        await ana.Page.Button("Make links").ClickAsync();
        var link = await ana.Page.GetByLabel("Link for bo@example.com").InputValueAsync();
        await ana.LookAsync("team-invited");

        await using var bo = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        bo.Page.SetDefaultTimeout(60_000);
        await bo.Page.GotoAsync(link);
        await bo.LookAsync("join");
        await bo.Page.GetByLabel("Name").FillAsync("Bo");
        await bo.Page.GetByLabel("Password").FillAsync("quiet river nine lanterns");
        await bo.Page.Button("Make account and join").ClickAsync();
        await bo.Page.WaitForURLAsync("**/w/studio");
        await Assertions.Expect(bo.Page.Button("Try the demo sheet")).ToBeVisibleAsync(s_patience);

        // Bo is a Creator with the page open when Ana makes a Viewer of them: the button goes by itself.
        await ana.Page.GetByLabel("Role of Bo").SelectOptionAsync("Viewer");
        await Assertions.Expect(bo.Page.Button("Try the demo sheet")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await bo.Page.GotoAsync("/w/studio/audit");
        await Assertions.Expect(bo.Page.GetByText("Only Admins and Owners of this workspace read its audit log.")).ToBeVisibleAsync(s_patience);
        await bo.AssertCalmAsync();

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Bo" }).ClickAsync();
        var told = bo.Page.GetByText("You are not in the workspace “Studio” any more.").WaitForAsync(new() { Timeout = 60_000 });
        var clicked = Stopwatch.GetTimestamp();
        await ana.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove Bo" }).ClickAsync();
        await told;
        TestContext.Current.TestOutputHelper!.WriteLine($"From the click to the open page of whoever was removed: {Stopwatch.GetElapsedTime(clicked).TotalMilliseconds:N0} ms.");
        await ana.Page.Link("Audit log").ClickAsync();
        await Assertions.Expect(ana.Page.GetByText("Member removed")).ToBeVisibleAsync(s_patience);
        await ana.TakeScreenshotAsync("audit");
        await ana.AssertCalmAsync();
    }
}
