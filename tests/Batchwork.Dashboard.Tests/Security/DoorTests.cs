using System.Net;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>Everything is closed but what is on the list.</summary>
public sealed class DoorTests
{
    // Static files carry no data of people; the framework's own script is one.
    private static readonly string[] s_open = ["/", "/setup", "/sign-in", "/sign-out", "/health", "/health/ready", "/error/{Status:int}", "/error/404", "/join/{Token}"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpoint_ForAStranger_LeadsToSignInOrIsRefused()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !IsOpen(e))
            .ToList();
        Assert.True(endpoints.Count >= 3, "The list of endpoints must not be empty: pages and the hub are on it.");

        foreach (var endpoint in endpoints)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Address(endpoint.RoutePattern));
                using var answer = await server.Browser().SendAsync(request, Token);
                var isClosed = answer.StatusCode == HttpStatusCode.Unauthorized
                    || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/sign-in?", StringComparison.Ordinal));
                Assert.True(isClosed, $"{method} {endpoint.RoutePattern.RawText} answered {(int)answer.StatusCode} to a stranger.");
            }
        }
    }

    [Fact]
    public async Task OpenEndpoints_AreExactlyTheListAndStaticFiles()
    {
        await using var server = new DashboardServer();
        var anonymous = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null && !IsStaticFile(e))
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .Order();

        Assert.Equal(s_open.Order(), anonymous);
    }

    [Theory]
    [InlineData("/w/studio")]
    [InlineData("/w/studio/connections")]
    [InlineData("/no/such/page")]
    public async Task Page_ForAStranger_LeadsToSignInWithTheWayBack(string address)
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var answer = await server.Browser().GetAsync(address, Token);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(address)}", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task Hub_ForAStranger_IsRefusedWithoutARedirect()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        using var answer = await server.Browser().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/w/elsewhere")]
    [InlineData("/w/elsewhere/connections")]
    [InlineData("/w/nothing-here")]
    [InlineData("/w/studio/no-such-page")]
    public async Task Page_OfAForeignOrUnknownWorkspace_IsTheSame404(string address)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync("someone-else", "Elsewhere", "elsewhere", Token);

        using var answer = await browser.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("There is nothing here", (await answer.DocumentAsync(Token)).QuerySelector("h1")!.TextContent);
    }

    private static bool IsOpen(RouteEndpoint endpoint) =>
        IsStaticFile(endpoint) || s_open.Contains("/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    private static bool IsStaticFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor");

    private static string Address(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "slug" or "Slug" } => "studio",
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(p => p.Content == "guid") => "0197a000-0000-7000-8000-000000000000",
        _ => "1",
    };
}
