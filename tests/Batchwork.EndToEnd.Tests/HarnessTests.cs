using System.Net;
using System.Net.Sockets;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Xunit.Sdk;

namespace Batchwork.EndToEnd.Tests;

/// <summary>The harness itself: what it starts does start and end, and what it should notice it does notice.</summary>
public sealed class HarnessTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_Started_AnswersAndEndsCleanly()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);

        Assert.True(await AnswersAsync(dashboard.Address));
        Assert.Equal(0, await dashboard.StopAsync(Token));
        Assert.False(await AnswersAsync(dashboard.Address));
    }

    [Fact]
    public async Task Dashboard_KilledAndStartedAgain_KeepsAddressAndFolder()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        var (address, folder, processId) = (dashboard.Address, dashboard.Folder, dashboard.ProcessId);

        dashboard.KillHard();
        Assert.False(dashboard.IsRunning);
        Assert.False(await AnswersAsync(address));

        await dashboard.StartAsync(Token);
        Assert.True(await AnswersAsync(address));
        Assert.Equal((address, folder), (dashboard.Address, dashboard.Folder));
        Assert.NotEqual(processId, dashboard.ProcessId);
    }

    [Fact]
    public async Task Dashboard_DisposedOf_IsGoneWithItsFolder()
    {
        var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        var (address, folder) = (dashboard.Address, dashboard.Folder);

        await dashboard.DisposeAsync();

        Assert.False(await AnswersAsync(address));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Dashboard_ThatCannotStart_FailsWithWhatItSaid()
    {
        await using var dashboard = new DashboardProcess();
        dashboard.Set("Kestrel__Endpoints__Wrong__Url", "this is no address");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => dashboard.StartAsync(Token));

        Assert.Contains("has ended with exit code", failure.Message, StringComparison.Ordinal);
        Assert.Contains("this is no address", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emulator_Started_AnswersAndEndsCleanly()
    {
        await using var emulator = new EmulatorProcess();
        await emulator.StartAsync(Token);

        Assert.True(await AnswersAsync(emulator.Address));
        Assert.Equal(0, await emulator.StopAsync(Token));
    }

    [Fact]
    public async Task Axe_OnABadPage_NamesTheFaults()
    {
        await using var tab = await chromium.OpenTabAsync(View.Default);
        await tab.Page.SetContentAsync("""<html lang="en"><title>Bad</title><main><h1>Bad</h1><p style="color:#bbb">faint</p><img src="data:,"></main></html>""");

        var findings = await AccessibilityCheck.SeriousFindingsAsync(tab.Page);

        Assert.Contains(findings, finding => finding.StartsWith("color-contrast", StringComparison.Ordinal) && finding.Contains("faint", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.Equal(2, findings.Count);
    }

    [Fact]
    public async Task Tab_OnABadPage_HearsItsFaults()
    {
        await using var tab = await chromium.OpenTabAsync(View.Default);
        await tab.Page.RouteAsync("**/*", route => route.AbortAsync());
        await tab.Page.SetContentAsync("""<script>console.error('broken'); throw new Error('thrown');</script><img src="http://pictures.invalid/a.png">""");

        Assert.Contains(tab.Faults, fault => fault.StartsWith("console: broken", StringComparison.Ordinal));
        Assert.Contains(tab.Faults, fault => fault.StartsWith("script error", StringComparison.Ordinal) && fault.Contains("thrown", StringComparison.Ordinal));
        Assert.Contains(tab.Faults, fault => fault.Contains("http://pictures.invalid/a.png, which is not ours", StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<FailException>(tab.AssertCalmAsync);
        Assert.Contains("broken picture: http://pictures.invalid/a.png", failure.Message, StringComparison.Ordinal);
    }

    // Any answer counts, a 404 too: the process is there.
    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(address, Token);
            return answer.StatusCode != HttpStatusCode.InternalServerError;
        }
        catch (HttpRequestException failure) when (failure.InnerException is SocketException)
        {
            return false;
        }
    }
}
