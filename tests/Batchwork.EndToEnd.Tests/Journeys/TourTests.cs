using System.Text.RegularExpressions;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>Every page in both themes, on desktop and phone (see <see cref="View.Tour"/>), empty and full: judged by axe, listened to, and written to artifacts/screenshots to be looked at.</summary>
public sealed class TourTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPage_InEveryView_IsCalmAndAccessible()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        var setUp = await dashboard.SetUpAddressAsync(Token);
        await using (var visitor = await chromium.OpenTabAsync(View.Default, dashboard.Address))
        {
            await LookAsync(visitor, setUp.PathAndQuery, "setup");
            await visitor.SetUpAsync(setUp);
            await LookAsync(visitor, "/w/studio", "home-empty");
            await LookAsync(visitor, "/w/studio/jobs", "jobs-empty");
            await LookAsync(visitor, "/w/studio/jobs/new", "new-job");
            await LookAsync(visitor, "/w/studio/costs", "costs-empty");
        }

        var (job, draft) = await FillAsync(dashboard);
        await using (var visitor = await chromium.OpenTabAsync(View.Default, dashboard.Address))
        {
            await LookAsync(visitor, "/sign-in", "sign-in");
            await visitor.SignInAsync();
            await LookAsync(visitor, "/w/studio", "home");
            await LookAsync(visitor, "/w/studio/jobs", "jobs");
            await LookAsync(visitor, "/w/studio/connections", "connections");
            await LookAsync(visitor, "/w/studio/team", "team");
            await LookAsync(visitor, "/w/studio/audit", "audit");
            await LookAsync(visitor, "/workspaces", "workspaces");
            await LookAsync(visitor, "/w/studio/system", "system");
            await LookAsync(visitor, $"{draft}?step=2", "draft-settings");
            await LookAsync(visitor, $"{draft}?step=3", "draft-review");
            await LookAsync(visitor, job, "job-gallery");
            await LightboxAsync(visitor);
            foreach (var tab in new[] { "rows", "problems", "parts", "cost", "activity" })
            {
                await LookAsync(visitor, $"{job}?tab={tab}", $"job-{tab}");
            }

            visitor.ForgetFaults();
            await visitor.Page.GotoAsync("/w/studio/nothing-here");
            foreach (var view in View.Tour)
            {
                await visitor.ShowAsync(view);
                await visitor.TakeScreenshotAsync("not-found");
            }
        }
    }

    /// <summary>The data folder looks like a restored backup: the banner is on every page until an administrator says what it is, and then it is on none.</summary>
    [Fact]
    public async Task RestoredBackup_IsToldOnEveryPageUntilAnAdministratorConfirms()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        var setUp = await dashboard.SetUpAddressAsync(Token);
        await using (var first = await chromium.OpenTabAsync(View.Default, dashboard.Address))
        {
            await first.SetUpAsync(setUp);
        }

        await dashboard.StopAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(dashboard.Folder, "EPOCH"), "9", Token);
        await dashboard.StartAsync(Token);
        await using (var visitor = await chromium.OpenTabAsync(View.Default, dashboard.Address))
        {
            await visitor.SignInAsync();
            await visitor.Page.GetByText("nothing that costs money is sent").First.WaitForAsync();
            await LookAsync(visitor, "/w/studio/safe-mode", "safe-mode");
        }

        await using var other = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await other.SignInAsync();
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SignInAsync();
        await tab.Page.Link("Confirm what this is").ClickAsync();
        await tab.Page.Button("It is the restored backup").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await tab.TakeScreenshotAsync("safe-mode-question");
        await tab.Page.Button("End safe mode").ClickAsync();
        await tab.Page.GetByText("Safe mode is off").First.WaitForAsync();
        await Assertions.Expect(other.Page.GetByText("nothing that costs money is sent")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await tab.Page.GotoAsync("/w/studio/system");
        await tab.Page.Button("Check integrity").ClickAsync();
        await tab.Page.GetByText("All promises hold").First.WaitForAsync();
        await tab.AssertCalmAsync();
    }

    private static async Task LookAsync(BrowserTab tab, string address, string name)
    {
        tab.Page.SetDefaultTimeout(60_000);
        await tab.Page.GotoAsync(address);
        await SettleAsync(tab.Page);
        await tab.LookAsync(name);
    }

    private static async Task LightboxAsync(BrowserTab tab)
    {
        await tab.Page.GetByRole(AriaRole.List, new() { Name = "Images" }).GetByRole(AriaRole.Img).First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await SettleAsync(tab.Page);
        await tab.LookAsync("lightbox");
        await tab.Page.Keyboard.PressAsync("Escape");
    }

    /// <summary>The page has its heading, its pictures have arrived and nothing is loading.</summary>
    private static async Task SettleAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>One job done and one draft with problems.</summary>
    private async Task<(string Job, string Draft)> FillAsync(DashboardProcess dashboard)
    {
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SignInAsync();
        await tab.Page.Button("Try the demo sheet").ClickAsync();
        await tab.Page.WaitForURLAsync("**/drafts/**");
        await tab.Page.Link("Continue").ClickAsync();
        await tab.Page.Button("Skip these 3 rows").ClickAsync();
        await tab.Page.Button("Run 21 rows").ClickAsync();
        await tab.Page.WaitForURLAsync(new Regex("/jobs/[0-9a-f-]{36}"));
        var job = new Uri(tab.Page.Url).AbsolutePath;
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Download all \\d+$") })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await tab.Page.GotoAsync("/w/studio/jobs/new");
        await tab.Page.Button("Try the demo sheet").ClickAsync();
        await tab.Page.WaitForURLAsync("**/drafts/**");
        return (job, new Uri(tab.Page.Url).AbsolutePath);
    }
}
