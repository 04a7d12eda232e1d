using System.Net;
using System.Net.WebSockets;
using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>Who may open live pages, from where, and how many.</summary>
public sealed class LivePageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://studio.example", "studio.example", true)]
    [InlineData("http://studio.example", "studio.example", true)]
    [InlineData("https://STUDIO.example", "studio.example", true)]
    [InlineData("http://localhost:5080", "localhost:5080", true)]
    [InlineData("http://[::1]:5080", "[::1]:5080", true)]
    [InlineData("https://studio.example:8443", "studio.example", false)]
    [InlineData("https://studio.example", "studio.example:8443", false)]
    [InlineData("http://localhost:5081", "localhost:5080", false)]
    [InlineData("https://evil.example", "studio.example", false)]
    [InlineData("https://studio.example.evil.example", "studio.example", false)]
    [InlineData("https://evil.studio.example", "studio.example", false)]
    [InlineData("null", "studio.example", false)]
    [InlineData("file:///x", "studio.example", false)]
    [InlineData("", "studio.example", false)]
    public void Origin_IsOursOnlyWhenHostAndPortAreTheSame(string origin, string host, bool isOurs) =>
        Assert.Equal(isOurs, OriginRule.IsOurs(origin, new HostString(host)));

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:8081", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Hub_AskedByAnotherSite_RefusesEvenWithTheCookie(string? origin, HttpStatusCode status)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await browser.SendAsync(request, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Batchwork:PagesPerPerson")]
    [InlineData("Batchwork:PagesPerAddress")]
    public async Task Pages_MoreThanAreAllowed_AreRefusedUntilOneIsClosed(string setting)
    {
        await using var server = new DashboardServer { Settings = { [setting] = "2" } };
        var cookie = await CookieAsync(server);
        using var first = await OpenAsync(server, cookie);
        using var second = await OpenAsync(server, cookie);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(server, cookie));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);

        first.Abort();
        while (true)
        {
            // The server notices in its own time that a page was closed.
            try
            {
                using var third = await OpenAsync(server, cookie);
                break;
            }
            catch (InvalidOperationException e) when (e.Message.Contains("429", StringComparison.Ordinal))
            {
                await Task.Yield();
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    [Fact]
    public async Task Hub_WebSocketOfAnotherSite_IsRefused()
    {
        await using var server = new DashboardServer();
        var cookie = await CookieAsync(server);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(server, cookie, "http://evil.example"));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> CookieAsync(DashboardServer server)
    {
        await server.SetUpAsync(Token);
        using var answer = await server.Browser().PostFormAsync("/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        return answer.SetCookies().Single(c => c.StartsWith("batchwork=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static Task<WebSocket> OpenAsync(DashboardServer server, string cookie, string? origin = null)
    {
        var client = server.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Cookie = cookie;
            if (origin is not null)
            {
                request.Headers.Origin = origin;
            }
        };
        return client.ConnectAsync(new Uri("ws://localhost/_blazor"), Token);
    }
}
