using System.Net;
using Batchwork.Dashboard.Tests.Hosting;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>Somebody's browser at the server on loopback: their cookies for forms, and for live pages.</summary>
internal sealed class WireBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public WireBrowser(Uri server)
    {
        Server = server;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*;q=0.8");
    }

    public Uri Server { get; }

    public HttpClient Http { get; }

    public async Task SignInAsync(string email, CancellationToken cancellationToken)
    {
        using var answer = await Http.PostFormAsync("/sign-in", cancellationToken, ("Form.Email", email), ("Form.Password", DashboardServer.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    public Task<WireConnection> ConnectAsync(CancellationToken cancellationToken) => WireConnection.OpenAsync(Server, _cookies, cancellationToken);

    public void Dispose() => Http.Dispose();
}
