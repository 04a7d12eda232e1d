using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>What one person, or one slow connection, can keep of the server.</summary>
public sealed class ServerBoundTests
{

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Downloads_MoreThanAreAllowed_AreRefusedWithASentenceUntilOneHasEnded()
    {
        await using var server = new DashboardServer { Settings = { ["Batchwork:DownloadsPerPerson"] = "2" } };
        var ana = await server.SignedInAsync(Token);
        var address = $"/w/studio/jobs/{await JobAsync(server)}/archive.zip";

        // Nobody reads them: they wait, as on a slow line.
        using var first = await ana.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);
        using var second = await ana.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);
        using var refused = await ana.GetAsync(address, Token);
        using var otherFile = await ana.GetAsync("/w/studio/costs.csv", Token);
        using var page = await ana.GetAsync("/w/studio", Token);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], new[] { first, second, refused, otherFile, page }.Select(a => a.StatusCode));
        Assert.Equal(
            "2 of your downloads are still running. Wait until one has ended, or stop one, and try again.",
            (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
        Assert.NotNull(refused.Headers.RetryAfter);

        first.Dispose();
        HttpStatusCode status;
        do
        {
            // The server notices in its own time that a download has ended.
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
            using var next = await ana.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);
            status = next.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Downloads_OfOnePerson_TakeNobodyElsesPlaces()
    {
        await using var server = new DashboardServer { Settings = { ["Batchwork:DownloadsPerPerson"] = "1" } };
        var ana = await server.SignedInAsync(Token);
        var address = $"/w/studio/jobs/{await JobAsync(server)}/archive.zip";
        var ben = await server.AddPersonAsync("ben@example.org", Token);
        var invited = await server.Services.GetRequiredService<InvitationService>().InviteAsync(await server.OwnerAsync(Token), "ben@example.org", Role.Reviewer, Token);
        await server.Services.GetRequiredService<InvitationService>().AcceptAsync(new Person(ben, "Ben"), "ben@example.org", invited.Links[0].Token, Token);
        var bens = await server.SignInAsync(Token, "ben@example.org");

        using var first = await ana.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);
        using var second = await bens.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    /// <summary>A new endpoint that makes its file while it is sent shall not be forgotten.</summary>
    [Fact]
    public async Task Endpoints_ThatSendFilesOfWorkspaces_AreBounded()
    {
        await using var server = new DashboardServer();
        var files = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/w/{slug}/", StringComparison.Ordinal) && Path.HasExtension(e.RoutePattern.RawText))
            .ToList();

        Assert.True(files.Count >= 4, "Zip, results without a row, costs and audit log are files.");
        Assert.All(files, f => Assert.Equal("downloads", f.Metadata.GetMetadata<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>()?.PolicyName));
    }

    /// <summary>Whoever sends a form or its headers byte by byte is cut off: Kestrel's own bounds, which nothing of ours may lift.</summary>
    [Fact]
    public async Task Connections_ThatAreSlowOnPurpose_AreCutOff()
    {
        await using var server = new DashboardServer();

        var limits = server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.True(limits.MinRequestBodyDataRate is { BytesPerSecond: >= 240 } sending && sending.GracePeriod <= TimeSpan.FromSeconds(10));
        Assert.True(limits.MinResponseDataRate is { BytesPerSecond: >= 240 } receiving && receiving.GracePeriod <= TimeSpan.FromSeconds(10));
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Assert.InRange(limits.MaxRequestBodySize ?? long.MaxValue, 1, 32 * 1024 * 1024);
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 64 * 1024);
        Assert.InRange(limits.MaxRequestLineSize, 1, 16 * 1024);
    }

    private static async Task<Guid> JobAsync(DashboardServer server) => await new JobBuilder(server.Services, await server.OwnerAsync(Token))
        .Named("Large")
        .In(JobState.Done)
        .Rows(3, RowState.Stored)
        .Pictures((row, _) => TestPictures.Png(512, 512, seed: row))
        .SaveAsync(Token);
}
