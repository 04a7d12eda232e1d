using System.Net;
using Batchwork.Http;
using Batchwork.Streaming;
using Batchwork.Testing;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Streaming;

/// <summary>Hosted pictures: fetched early and without trust.</summary>
public sealed class HostedImageTests : IDisposable
{
    private static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUg==");

    private readonly ScriptedHandler _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Fetch_Picture_IsAskedForWithoutAKey()
    {
        _host.Bytes(s_png, HttpStatusCode.OK, ("Content-Type", "image/jpeg"));

        var fetched = await FetchAsync("https://imgen.x.ai/a.jpg?sig=1");

        Assert.Null(fetched.Error);
        Assert.Equal(("image/png", "image/jpeg", ImageProblem.None), (fetched.Image.MediaType, fetched.Image.AnnouncedMediaType, fetched.Image.Problem));
        Assert.Equal(s_png, await fetched.Image.ReadBytesAsync(cancellationToken: Token));
        var call = Assert.Single(_host.Calls);
        Assert.Equal("https://imgen.x.ai/a.jpg?sig=1", call.Address.ToString());
        Assert.Equal(["Accept", "User-Agent"], call.Headers.Keys.Order());
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task Fetch_LinkGone_IsToldAndNotTriedAgain(HttpStatusCode status)
    {
        _host.Bytes([], status);

        var fetched = await FetchAsync("https://imgen.x.ai/a.jpg");

        Assert.Single(_host.Calls);
        Assert.Equal(("hosted_image_gone", ImageProblem.NotFetched), (fetched.Error?.Code, fetched.Image.Problem));
        Assert.StartsWith("The link expired before the picture could be fetched: its host answered 4", fetched.Error?.Message, StringComparison.Ordinal);
        Assert.Null(fetched.Image.Content);
        Assert.NotNull(fetched.Image.Url);
    }

    [Fact]
    public async Task Fetch_HostInTrouble_IsTriedAgain()
    {
        _host.Throw(new HttpRequestException("reset")).Bytes([], HttpStatusCode.ServiceUnavailable, ("Retry-After", "1")).Bytes(s_png);

        Assert.Null((await FetchAsync("https://imgen.x.ai/a.jpg")).Error);
    }

    [Fact]
    public async Task Fetch_HostAlwaysInTrouble_IsTold()
    {
        _host.Bytes([], HttpStatusCode.BadGateway);

        Assert.Equal("hosted_image_unreachable", (await FetchAsync("https://imgen.x.ai/a.jpg")).Error?.Code);
        Assert.Equal(4, _host.Calls.Count);
    }

    [Fact]
    public async Task Fetch_Redirects_AreFollowedAFewTimes()
    {
        _host.Bytes([], HttpStatusCode.Found, ("Location", "/b.jpg")).Bytes([], HttpStatusCode.TemporaryRedirect, ("Location", "https://cdn.example/c.jpg")).Bytes(s_png);

        Assert.Null((await FetchAsync("https://imgen.x.ai/a.jpg")).Error);
        Assert.Equal(["https://imgen.x.ai/a.jpg", "https://imgen.x.ai/b.jpg", "https://cdn.example/c.jpg"], _host.Calls.Select(c => c.Address.ToString()));
    }

    [Fact]
    public async Task Fetch_RedirectInACircle_Ends()
    {
        _host.Bytes([], HttpStatusCode.Found, ("Location", "/a.jpg"));

        Assert.Equal("hosted_image_gone", (await FetchAsync("https://imgen.x.ai/a.jpg")).Error?.Code);
        Assert.Equal(4, _host.Calls.Count);
    }

    [Theory]
    [InlineData("http://imgen.x.ai/a.jpg", "/x")]
    [InlineData("https://imgen.x.ai/a.jpg", "http://imgen.x.ai/a.jpg")]
    [InlineData("https://imgen.x.ai/a.jpg", "file:///etc/passwd")]
    public async Task Fetch_NotHttps_IsNotFollowed(string url, string location)
    {
        _host.Bytes([], HttpStatusCode.Found, ("Location", location));

        Assert.Equal("hosted_image_blocked", (await FetchAsync(url)).Error?.Code);
    }

    [Fact]
    public async Task Fetch_PrivateAddress_IsNotConnectedTo()
    {
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = s_png });
        using var network = BatchTransport.ToNetwork();
        var fetcher = new HostedImageFetcher(network.Untrusted, new TemporaryImageSink(), allowHttp: true, new BatchworkOptions(), new HurriedTimeProvider());

        var fetched = await fetcher.FetchAsync(new BatchImage { Index = 0, Url = new Uri(server.Address, "/a.png") }, Token);

        Assert.Equal("hosted_image_blocked", fetched.Error?.Code);
        Assert.StartsWith("The image link pointed to a private address and was blocked: ", fetched.Error?.Message, StringComparison.Ordinal);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Fetch_ConnectionBreaks_IsFetchedAgainAndLeavesNothingBehind()
    {
        var calls = 0;
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = s_png, HangUpAfter = ++calls < 3 ? 8 : null });
        var options = new BatchworkOptions { AllowPrivateAddresses = true };
        using var network = BatchTransport.ToNetwork(options);
        var sink = new CountingSink();

        var fetched = await new HostedImageFetcher(network.Untrusted, sink, allowHttp: true, options, new HurriedTimeProvider())
            .FetchAsync(new BatchImage { Index = 0, Url = new Uri(server.Address, "/a.png") }, Token);

        Assert.Equal((null, 3, 1), (fetched.Error, server.Calls.Count, sink.Completed));
        await fetched.Image.Content!.DisposeAsync();
        Assert.Equal(0, sink.Alive);
    }

    [Fact]
    public async Task FetchAll_Results_KeepTheirOrderAndAreFetchedAhead()
    {
        var gate = new TaskCompletionSource();
        _host.ReplyAsync(async (call, token) =>
        {
            if (call.Path == "/0")
            {
                await gate.Task.WaitAsync(token);
            }

            return ScriptedHandler.Make(call.Path == "/2" ? HttpStatusCode.NotFound : HttpStatusCode.OK, new ByteArrayContent(s_png));
        });
        var results = new HostedImages(Fetcher()).FetchAsync(Enumerable.Range(0, 4).Select(i => Result(i)).ToAsyncEnumerable(), Token).GetAsyncEnumerator(Token);
        var first = results.MoveNextAsync();
        while (_host.Calls.Count < 4)
        {
            await Task.Yield();
        }

        gate.SetResult();
        var seen = new List<BatchResult>();
        for (var more = await first; more; more = await results.MoveNextAsync())
        {
            seen.Add(results.Current);
        }

        Assert.Equal(["0", "1", "2", "3"], seen.Select(r => r.CustomId));
        Assert.Equal([BatchResultStatus.Succeeded, BatchResultStatus.Succeeded, BatchResultStatus.Errored, BatchResultStatus.Succeeded], seen.Select(r => r.Status));
        Assert.Equal((ResultOutcome.Transient, "hosted_image_gone"), (seen[2].Outcome, seen[2].Error?.Code));
    }

    [Fact]
    public async Task FetchAll_SomeGone_IsStillASuccess()
    {
        _host.Bytes(s_png).Bytes([], HttpStatusCode.NotFound);

        var result = Assert.Single(await new HostedImages(Fetcher()).FetchAsync(new[] { Result(0, 2) }.ToAsyncEnumerable(), Token).ToListAsync(Token));

        Assert.Equal(ResultOutcome.Succeeded, result.Outcome);
        Assert.Equal([ImageProblem.None, ImageProblem.NotFetched], result.Images.Select(i => i.Problem));
    }

    [Fact]
    public async Task FetchAll_GivenUp_LeavesNothingBehind()
    {
        _host.Bytes(s_png);
        var sink = new CountingSink();
        await foreach (var result in new HostedImages(Fetcher(sink)).FetchAsync(Enumerable.Range(0, 4).Select(i => Result(i)).ToAsyncEnumerable(), Token))
        {
            await result.DisposeAsync();
            break;
        }

        Assert.Equal(0, sink.Alive);
    }

    private static BatchResult Result(int id, int pictures = 1) => new()
    {
        CustomId = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Status = BatchResultStatus.Succeeded,
        Outcome = ResultOutcome.Succeeded,
        Images = [.. Enumerable.Range(0, pictures).Select(i => new BatchImage { Index = i, Url = new Uri($"https://imgen.x.ai/{id}") })],
        Position = new ResultPosition("pages", null, id, id),
    };

    private Task<HostedImage> FetchAsync(string url) => Fetcher().FetchAsync(new BatchImage { Index = 0, Url = new Uri(url) }, Token);

    private HostedImageFetcher Fetcher(IImageSink? sink = null) =>
        new(BatchTransport.Over(_host).Untrusted, sink ?? new TemporaryImageSink(), allowHttp: false, new BatchworkOptions(), new HurriedTimeProvider());
}
