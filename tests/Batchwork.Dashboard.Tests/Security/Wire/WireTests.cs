using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>Live pages attacked over the wire, by somebody who does not use our script.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private LoopbackServer _server = null!;

    private CancellationToken Token => _patience.Token;

    public async ValueTask InitializeAsync()
    {
        // So that a page that never comes ends the test, and says where.
        _patience.CancelAfter(TimeSpan.FromMinutes(2));
        _server = await LoopbackServer.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Run_PressedFiftyTimesAtOnce_StartsOneJob()
    {
        var draft = await _server.DraftAsync(Token);
        await using var page = await WirePage.OpenAsync(await _server.BrowserAsync(DashboardServer.Email, Token), $"/w/studio/drafts/{draft}?step=3", Token);
        var run = await page.FindAsync("button", b => b.Text.Contains("Run 2 rows", StringComparison.Ordinal), Token);
        page.Acknowledges = false;

        await page.SendAsync(Enumerable.Range(0, 50).Select(_ => page.Click(run)), Token);
        await page.UntilAsync(() => page.Dispatched.Count == 50, Token);

        await using var context = await _server.ContextAsync(Token);
        var job = await context.Jobs.SingleAsync(Token);
        Assert.Equal(draft, job.DraftId);
        Assert.Single(page.Navigations, n => n.EndsWith($"/jobs/{job.Id}", StringComparison.Ordinal));
    }
}
