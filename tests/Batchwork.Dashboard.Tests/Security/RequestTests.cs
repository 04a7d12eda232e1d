using System.Net;
using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>Requests that no page of ours would make.</summary>
public sealed class RequestTests
{
    private static readonly string[] s_safe = ["GET", "HEAD", "OPTIONS"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A form on another site, sent with the person's own cookie.</summary>
    [Fact]
    public async Task EveryEndpointThatChangesSomething_WithoutOurFormToken_DoesNothing()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        var changing = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !e.RoutePattern.RawText!.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Except(s_safe).Select(m => (Method: m, e.RoutePattern.RawText)))
            .Distinct()
            .ToList();
        Assert.True(changing.Count >= 3, "Sign-in, sign-out and the upload change something.");

        foreach (var (method, pattern) in changing)
        {
            using var form = new FormUrlEncodedContent([new("Form.Email", DashboardServer.Email), new("Form.Password", DashboardServer.Password)]);
            using var request = new HttpRequestMessage(new HttpMethod(method), "/" + Address(pattern!)) { Content = form };
            using var answer = await browser.SendAsync(request, Token);

            Assert.True(
                answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed,
                $"{method} {pattern} answered {(int)answer.StatusCode} without a form token.");
        }

        using var still = await browser.GetAsync("/w/studio", Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Theory]
    [InlineData("studio.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("studio.example.evil.example", HttpStatusCode.BadRequest)]
    public async Task Host_ThatIsNotOneOfTheAllowed_IsNotAnswered(string host, HttpStatusCode status)
    {
        await using var server = new DashboardServer { Settings = { ["AllowedHosts"] = "studio.example" } };
        await server.SetUpAsync(Token);

        using var answer = await server.Browser($"http://{host}").GetAsync("/sign-in", Token);

        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>No page carries an absolute address of its own, so a forged host cannot lead anybody away.</summary>
    [Fact]
    public async Task Pages_WithAForgedHost_CarryNoAddressMadeFromIt()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var html = await server.Browser("http://forged-host.example").GetStringAsync("/sign-in?returnUrl=%2Fw%2Fstudio", Token);

        Assert.DoesNotContain("forged-host", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    public async Task Method_ThatNobodyNeeds_IsRefusedAndEchoesNothing(string method)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/w/studio");
        request.Headers.Add("X-Canary", "canary-7f3a");

        using var answer = await browser.SendAsync(request, Token);

        Assert.False(answer.IsSuccessStatusCode, $"{method} answered {(int)answer.StatusCode}.");
        Assert.DoesNotContain("canary-7f3a", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CrossOriginRequest_GetsNoPermissionToReadTheAnswer()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        foreach (var address in new[] { "/", "/w/studio", "/health", "/app.css" })
        {
            using var answer = await browser.GetAsync(address, Token);
            using var preflight = new HttpRequestMessage(HttpMethod.Options, address);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            using var allowed = await browser.SendAsync(preflight, Token);

            Assert.DoesNotContain(answer.Headers.Concat(allowed.Headers), h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Failure_OfOurs_TellsNothingOfItsInside()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await using (var context = await server.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Batchwork.Engine.Persistence.EngineDbContext>>().CreateDbContextAsync(Token))
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(context.Database, "ALTER TABLE Members RENAME TO Gone", Token);
        }

        using var answer = await browser.GetAsync("/w/studio", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Support id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sqlite", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no such table", text, StringComparison.Ordinal);
    }

    private static string Address(string pattern) => string.Join('/', pattern.TrimStart('/').Split('/').Select(segment =>
        !segment.StartsWith('{') ? segment
        : segment.Contains("slug", StringComparison.OrdinalIgnoreCase) ? "studio"
        : segment.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString()
        : "1"));
}
