using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>Who gets a live page over the wire, and what becomes of a connection that says what no script of ours would say.</summary>
public sealed class WireDoorTests : IAsyncLifetime
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
    public async Task WebSocket_OfAStranger_IsRefused()
    {
        using var stranger = await _server.BrowserAsync(null, Token);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(Token));

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectCircuit")]
    [InlineData("ResumeCircuit")]
    public async Task Page_OfSomebodyElse_IsNotGivenToWhoeverKnowsItsSecret(string method)
    {
        using var ben = await _server.MemberAsync(LoopbackServer.Ben, Role.Viewer, Token);
        _server.KeepsLeftPages = true;
        var page = await WirePage.OpenAsync(_ana, "/w/studio/team", Token);
        await page.FindAsync("h1", _ => true, Token);
        await page.DisposeAsync();

        await using var taken = await WirePage.ConnectAsync(ben, "/w/studio/team", Token);
        var answer = await AskAsync(taken, method, page.Circuit!);
        Assert.False(answer is true or string);
        Assert.Empty(taken.Texts);

        // It is Ana's still.
        await using var back = await WirePage.ConnectAsync(_ana, "/w/studio/team", Token);
        Assert.Equal(true, await AskAsync(back, "ConnectCircuit", page.Circuit!));
        _server.KeepsLeftPages = false;
    }

    [Fact]
    public async Task Page_WithASecretThatWasMadeUp_IsNotThere()
    {
        await using var page = await WirePage.OpenAsync(_ana, "/w/studio", Token);
        await using var other = await WirePage.ConnectAsync(_ana, "/w/studio", Token);

        foreach (var secret in new string?[] { null, "", "x", new('x', 10_000), page.Circuit![..^2] })
        {
            Assert.Equal(false, await other.InvokeAsync("ConnectCircuit", Token, secret));
        }
    }

    /// <summary>What a page is drawn for is the connection's person, whoever loaded the descriptors.</summary>
    [Fact]
    public async Task Descriptors_OfSomebodyElse_DrawOnlyWhatTheirBearerMaySee()
    {
        await _server.Server.AddPersonAsync(LoopbackServer.Ben, Token);
        using var ben = await _server.BrowserAsync(LoopbackServer.Ben, Token);
        var anas = await WirePage.MarkersAsync(_ana, "/w/studio/connections", Token);

        await using var page = await WirePage.ConnectAsync(ben, "/w/studio/connections", Token);
        Assert.NotNull(await page.StartAsync("[]", Token));
        await page.AddAsync(anas, Token);
        await page.UntilAsync(() => page.Texts.Any(t => t.Contains("There is nothing here", StringComparison.Ordinal)), Token);

        Assert.DoesNotContain(page.Texts, t => t.Contains("Studio", StringComparison.Ordinal) || t.Contains("Connections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("changed")]
    [InlineData("parameters added")]
    public async Task Descriptors_ThatAreNotOurs_EndThePage(string how)
    {
        var markers = await WirePage.MarkersAsync(_ana, "/w/studio", Token);
        foreach (var marker in markers)
        {
            Forge(marker, how);
        }

        await using var page = await WirePage.ConnectAsync(_ana, "/w/studio", Token);
        Assert.NotNull(await page.StartAsync("[]", Token));
        await page.AddAsync(markers, Token);

        await page.UntilClosedAsync(Token);
        Assert.Empty(page.Texts);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":"server","sequence":0,"descriptor":"CfDJ8made-up"}]""")]
    [InlineData("""[{"type":"server","sequence":0,"descriptor":null,"typeName":"Batchwork.Dashboard.Features.Teams.TeamPage","assembly":"Batchwork.Dashboard","parameterValues":"[]"}]""")]
    public async Task Start_WithComponentsThatWereMadeUp_IsRefused(string components)
    {
        await using var page = await WirePage.ConnectAsync(_ana, "/w/studio", Token);

        Assert.Null(await page.StartAsync(components, Token));

        // Whether it was cut off or only refused: there is no page that an event could reach.
        await page.TrySendAsync([WireConnection.Call("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", 1, "[]")], Token);
        await page.UntilClosedAsync(Token);
        Assert.Empty(page.Texts);
    }

    [Theory]
    [InlineData("two pages on one connection")]
    [InlineData("an event before there is a page")]
    [InlineData("a message larger than allowed")]
    [InlineData("a length of four gigabytes")]
    [InlineData("lists in lists without end")]
    [InlineData("no message at all")]
    public async Task Connection_ThatSaysWhatNoScriptWould_IsEndedAndDisturbsNobody(string what)
    {
        await using var bystander = await WirePage.OpenAsync(_ana, "/w/studio/jobs/new", Token);
        var demo = await bystander.FindAsync("button", b => b.Text.Contains("Try the demo", StringComparison.Ordinal), Token);
        await using var page = await WirePage.ConnectAsync(_ana, "/w/studio", Token);
        if (what is "two pages on one connection")
        {
            Assert.NotNull(await page.StartAsync("[]", Token));
        }

        await page.Connection.SendRawAsync(Said(what), Token);

        await page.UntilClosedAsync(Token);
        await bystander.SendAsync([bystander.Click(demo)], Token);
        await bystander.UntilAsync(() => bystander.Navigations.Count == 1, Token);
    }

    private static byte[] Said(string what) => what switch
    {
        "two pages on one connection" => WireConnection.Call("StartCircuit", "http://localhost/", "http://localhost/w/studio", "[]", ""),
        "an event before there is a page" => WireConnection.Call("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", 1, "[]"),
        "a message larger than allowed" => WireConnection.Call("ConnectCircuit", new string('x', 300 * 1024)),
        "a length of four gigabytes" => [.. WireConnection.Length(uint.MaxValue), 0x96],
        "lists in lists without end" => Framed([.. Enumerable.Repeat((byte)0x91, 100_000)]),
        _ => Framed(Encoding.UTF8.GetBytes("no message at all")),
    };

    private static byte[] Framed(byte[] message) => [.. WireConnection.Length((uint)message.Length), .. message];

    private static void Forge(JsonObject marker, string how)
    {
        var descriptor = marker["descriptor"]!.GetValue<string>();
        marker["descriptor"] = how switch
        {
            "forged" => Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"sequence":0,"assemblyName":"Batchwork.Dashboard","typeName":"Batchwork.Dashboard.Features.Teams.TeamPage"}""")),
            "changed" => descriptor[..40] + (descriptor[40] == 'A' ? 'B' : 'A') + descriptor[41..],
            _ => descriptor + Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"parameterValues":["x"]}""")),
        };
    }

    private static Task<object?> AskAsync(WirePage page, string method, string secret) => method == "ConnectCircuit"
        ? page.InvokeAsync(method, TestContext.Current.CancellationToken, secret)
        : page.InvokeAsync(method, TestContext.Current.CancellationToken, secret, page.Origin, page.Origin + "w/studio/team", "[]", "");
}
