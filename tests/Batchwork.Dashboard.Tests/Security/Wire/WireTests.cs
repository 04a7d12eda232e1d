using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>What somebody can do to a live page over the wire who does not use our script: events that no page of ours would send.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private LoopbackServer _server = null!;
    private WireBrowser _ana = null!;

    private CancellationToken Token => _patience.Token;

    public async ValueTask InitializeAsync()
    {
        // So that a page that never comes ends the test, and says where.
        _patience.CancelAfter(TimeSpan.FromMinutes(2));
        _server = await LoopbackServer.StartAsync(Token);
        _ana = await _server.BrowserAsync(DashboardServer.Email, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Run_PressedFiftyTimesAtOnceAndAgainAfterwards_StartsOneJob()
    {
        var draft = await _server.DraftAsync(Token);
        await using var page = await WirePage.OpenAsync(_ana, $"/w/studio/drafts/{draft}?step=3", Token);
        var run = await page.FindAsync("button", b => b.Text.Contains("Run 2 rows", StringComparison.Ordinal), Token);
        page.Acknowledges = false;
        var presses = Enumerable.Range(0, 50).Select(_ => page.Click(run)).ToList();

        await page.SendAsync(presses, Token);
        await page.UntilAsync(() => page.Dispatched.Count == 50, Token);
        await page.SendAsync(presses, Token);
        await page.UntilAsync(() => page.Dispatched.Count == 100, Token);

        await using var context = await _server.ContextAsync(Token);
        var job = await context.Jobs.SingleAsync(Token);
        Assert.Equal(draft, job.DraftId);
        Assert.Single(await context.Activities.Where(a => a.JobId == job.Id && a.Kind == Engine.Auditing.ActivityKind.Created).ToListAsync(Token));
    }

    [Theory]
    [InlineData("/w/studio")]
    [InlineData("/w/studio/jobs/new")]
    public async Task Demo_PressedFiftyTimesAtOnce_MakesOneDraft(string path)
    {
        await using var page = await WirePage.OpenAsync(_ana, path, Token);
        var demo = await page.FindAsync("button", b => b.Text.Contains("Try the demo", StringComparison.Ordinal), Token);
        page.Acknowledges = false;

        await page.SendAsync(Enumerable.Range(0, 50).Select(_ => page.Click(demo)), Token);
        await page.UntilAsync(() => page.Dispatched.Count == 50, Token);

        await using var context = await _server.ContextAsync(Token);
        Assert.Equal(1, await context.Drafts.CountAsync(Token));
    }

    [Fact]
    public async Task Invite_PressedFiftyTimesAtOnce_MakesOneLink()
    {
        await using var page = await WirePage.OpenAsync(_ana, "/w/studio/team", Token);
        var addresses = await page.FindAsync("textarea", t => t.Attribute("id") == "invite-addresses", Token);
        var form = await page.FindAsync("form", f => f.Events.ContainsKey("onsubmit"), Token);
        page.Acknowledges = false;

        await page.SendAsync(
            [page.Choose(addresses, "carl@example.org"), .. Enumerable.Range(0, 50).Select(_ => page.Event(form.Events["onsubmit"], "submit", []))], Token);
        await page.UntilAsync(() => page.Dispatched.Count == 51, Token);

        await using var context = await _server.ContextAsync(Token);
        Assert.Single(await context.Invitations.ToListAsync(Token));
    }

    [Fact]
    public async Task Connection_OfAnotherWorkspace_CannotBeChosen()
    {
        var draft = await _server.DraftAsync(Token);
        var elsewhere = await _server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync("someone-else", "Elsewhere", "elsewhere", Token);
        var foreign = await _server.Services.GetRequiredService<ConnectionService>().AddAsync(
            new Actor("someone-else", "Someone", elsewhere.Id, Role.Owner), new ConnectionEdit { Provider = "openai", Label = "Foreign", ApiKey = "sk-foreign" }, Token);
        await using var page = await WirePage.OpenAsync(_ana, $"/w/studio/drafts/{draft}?step=2", Token);
        var choice = await page.FindAsync("select", s => s.Attribute("id") == "connection", Token);

        await page.SendAsync([page.Choose(choice, foreign.Id!.Value.ToString())], Token);
        await page.UntilAsync(() => page.Dispatched.Count == 1, Token);

        await using var context = await _server.ContextAsync(Token);
        Assert.NotEqual(foreign.Id, (await context.Drafts.SingleAsync(Token)).ConnectionId);
        Assert.DoesNotContain(page.Texts, t => t.Contains("Foreign", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Role_ThatIsNotOffered_IsNotGiven()
    {
        using var ben = await _server.MemberAsync(LoopbackServer.Ben, Role.Admin, Token);
        using var carl = await _server.MemberAsync("carl@example.org", Role.Viewer, Token);
        await using var page = await WirePage.OpenAsync(ben, "/w/studio/team", Token);
        var role = await page.FindAsync("select", s => s.Attribute("aria-label") == "Role of carl", Token);

        await page.SendAsync([page.Choose(role, nameof(Role.Owner))], Token);
        await page.UntilAsync(() => page.Dispatched.Count == 1, Token);

        await using var context = await _server.ContextAsync(Token);
        Assert.Equal(1, await context.Members.CountAsync(m => m.Role == Role.Owner, Token));
    }

    [Fact]
    public async Task InvitedRole_ThatIsNotOffered_IsNotGiven()
    {
        using var ben = await _server.MemberAsync(LoopbackServer.Ben, Role.Admin, Token);
        await using var page = await WirePage.OpenAsync(ben, "/w/studio/team", Token);
        var role = await page.FindAsync("select", s => s.Attribute("id") == "invite-role", Token);
        var addresses = await page.FindAsync("textarea", t => t.Attribute("id") == "invite-addresses", Token);
        var form = await page.FindAsync("form", f => f.Events.ContainsKey("onsubmit"), Token);
        page.Acknowledges = false;

        await page.SendAsync([page.Choose(role, nameof(Role.Owner)), page.Choose(addresses, "carl@example.org"), page.Event(form.Events["onsubmit"], "submit", [])], Token);
        await page.UntilAsync(() => page.Dispatched.Count == 3, Token);

        await using var context = await _server.ContextAsync(Token);
        Assert.DoesNotContain(await context.Invitations.ToListAsync(Token), i => i.Role == Role.Owner);
    }

    /// <summary>Only what our pages offered to be called, by this very page, can be called.</summary>
    [Fact]
    public async Task Method_ThatIsNotOffered_IsNotCalled()
    {
        await using var page = await WirePage.OpenAsync(_ana, "/w/studio", Token);
        await page.FindAsync("h1", _ => true, Token);
        object?[][] calls =
        [
            ["1", "Batchwork.Dashboard", "Main", 0, "[]"],
            ["2", "System.Private.CoreLib", "Exit", 0, "[0]"],
            ["3", "Microsoft.AspNetCore.Components.Server", "StartCircuit", 0, "[]"],
            ["4", null, "DispatchEventAsync", 4711, "[]"],
            ["5", null, "ToString", 1, "[]"],
            ["6", null, "DispatchEventAsync", 1, new string('[', 5_000) + new string(']', 5_000)],
        ];

        foreach (var call in calls)
        {
            await page.SendAsync([WireConnection.Call("BeginInvokeDotNetFromJS", call)], Token);
        }

        await page.UntilAsync(() => page.Dispatched.Count == calls.Length, Token);
        Assert.DoesNotContain(true, page.Dispatched);
    }

    [Theory]
    [InlineData("/w/elsewhere")]
    [InlineData("/w/elsewhere/connections")]
    [InlineData("/w/elsewhere/team")]
    public async Task Page_MovedByHandToAForeignWorkspace_ShowsNothingOfIt(string path)
    {
        var elsewhere = await _server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync("someone-else", "Mark of others", "elsewhere", Token);
        await _server.Services.GetRequiredService<ConnectionService>().AddAsync(
            new Actor("someone-else", "Someone", elsewhere.Id, Role.Owner), new ConnectionEdit { Provider = "openai", Label = "Mark of others", ApiKey = "sk-foreign" }, Token);
        await using var page = await WirePage.OpenAsync(_ana, "/w/studio", Token);
        await page.FindAsync("h1", _ => true, Token);

        await page.SendAsync([WireConnection.Call("OnLocationChanged", new Uri(_server.Address, path).AbsoluteUri, null, false)], Token);
        await page.UntilAsync(() => page.Texts.Any(t => t.Contains("There is nothing here", StringComparison.Ordinal)), Token);

        Assert.DoesNotContain(page.Texts, t => t.Contains("Mark of others", StringComparison.Ordinal));
    }
}
