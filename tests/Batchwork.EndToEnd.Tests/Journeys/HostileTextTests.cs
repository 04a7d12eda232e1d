using System.Text;
using System.Text.RegularExpressions;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Batchwork.Testing.Hostility;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>A person's name, a file's name, prompts and foreign columns full of scripts, through a real browser: none runs, and the content policy has nothing to stop.</summary>
public sealed class HostileTextTests(ChromiumFixture chromium)
{
    private static readonly string s_name = $"<img src=x onerror={HostileTexts.Trap}>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileTexts_InEveryField_RunOnNoPage()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await SetUpAsync(tab, await dashboard.SetUpAddressAsync(Token));
        var csv = new StringBuilder("prompt,note\n");
        foreach (var text in HostileTexts.All)
        {
            var cell = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            csv.Append(cell).Append(',').Append(cell).Append('\n');
        }

        await tab.UploadAsync($"\"><svg onload={HostileTexts.Trap}>.csv", csv.ToString());
        var draft = new Uri(tab.Page.Url).AbsolutePath;
        await LookAsync(tab, $"{draft}?step=2");
        await LookAsync(tab, $"{draft}?step=3");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run \\d+ rows$") }).ClickAsync();
        await tab.Page.WaitForURLAsync(new Regex("/jobs/[0-9a-f-]{36}"));
        var job = new Uri(tab.Page.Url).AbsolutePath;
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Download all \\d+$") })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await tab.Page.GetByRole(AriaRole.List, new() { Name = "Images" }).GetByRole(AriaRole.Img).First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await AssertNothingRanAsync(tab);
        foreach (var address in new[] { job, $"{job}?tab=rows", $"{job}?tab=parts", $"{job}?tab=activity", "/w/studio/jobs", "/w/studio", "/w/studio/system" })
        {
            await LookAsync(tab, address);
        }
    }

    private static async Task SetUpAsync(BrowserTab tab, Uri setUp)
    {
        tab.Page.SetDefaultTimeout(60_000);
        await tab.Page.GotoAsync(setUp.ToString());
        await tab.Page.GetByLabel("Name").FillAsync(s_name);
        await tab.Page.GetByLabel("E-mail").FillAsync(Person.Email);
        await tab.Page.GetByLabel("Password").FillAsync(Person.Password);
        await tab.Page.Button("Create administrator").ClickAsync();
        await tab.Page.WaitForURLAsync("**/w/studio");
    }

    private static async Task LookAsync(BrowserTab tab, string address)
    {
        await tab.Page.GotoAsync(address);
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await AssertNothingRanAsync(tab);
    }

    private static async Task AssertNothingRanAsync(BrowserTab tab)
    {
        Assert.False(await tab.Page.EvaluateAsync<bool>("() => '__xss' in window"), $"A script of somebody else's ran on {tab.Page.Url}.");
        await tab.AssertCalmAsync();
    }
}
