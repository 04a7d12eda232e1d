using System.Net;
using Batchwork.Http;
using Batchwork.Streaming;
using Batchwork.Testing;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Http;

/// <summary>
/// Somebody else chose the address (a gateway's base URL, a hosted picture): nothing inside is reached, whatever it is written as, whatever the
/// name server answers and when. A server listens on loopback and must not hear a thing.
/// </summary>
public sealed class ServerSideRequestTests : IAsyncLifetime
{
    private static readonly IPAddress s_public = IPAddress.Parse("8.8.8.8");

    private readonly LoopbackServer _inside = new(_ => LoopbackReply.Json("{}"));

    public static TheoryData<string> InsideHosts { get; } =
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0x7f000001", "017700000001", "0", "0.0.0.0",
        "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]", "[fec0::1]",
        "localhost", "localhost.", "LOCALHOST", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "rebind.example", "two-answers.example", "mixed-families.example", "alias.example",
        "100.64.0.1", "169.254.169.254", "192.0.0.1", "198.18.0.1", "240.0.0.1", "255.255.255.255", "224.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _inside.DisposeAsync();

    [Theory]
    [MemberData(nameof(InsideHosts))]
    public async Task EveryClient_AddressInsideInAnyForm_IsNotConnectedTo(string host)
    {
        using var transport = BatchTransport.ToNetwork(Options(StubNames()));

        foreach (var client in new[] { transport.Paid, transport.Reads, transport.Untrusted })
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{host}:{_inside.Address.Port}/"), Token));
            Assert.IsType<AddressRefusedException>(refused.InnerException);
        }

        Assert.Empty(_inside.Calls);
    }

    [Theory]
    [MemberData(nameof(InsideHosts))]
    public async Task HostedPicture_RedirectToAnAddressInside_IsNotFollowed(string host)
    {
        foreach (var status in new[] { HttpStatusCode.Found, HttpStatusCode.TemporaryRedirect })
        {
            var fetched = await FetchAsync(new Uri("https://pictures.example/a.png"), StubNames(), new Uri($"http://{host}:{_inside.Address.Port}/a.png"), status);

            Assert.Equal("hosted_image_blocked", fetched.Error?.Code);
        }

        Assert.Empty(_inside.Calls);
    }

    [Fact]
    public async Task Name_ThatWasPublicWhenItWasSaved_IsJudgedAgainAtEachConnection()
    {
        var names = StubNames();
        var policy = new AddressPolicy(allowPrivateAddresses: false, names.ResolveAsync);
        Assert.Null(await policy.FaultOfAsync(new Uri("https://rebind-later.example/v1"), Token));
        using var transport = BatchTransport.ToNetwork(Options(names));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => transport.Reads.GetAsync(new Uri($"http://rebind-later.example:{_inside.Address.Port}/"), Token));

        Assert.Contains("rebind-later.example leads to 127.0.0.1", refused.InnerException!.Message, StringComparison.Ordinal);
        Assert.Empty(_inside.Calls);
    }

    [Fact]
    public async Task Name_IsAskedAfterOnceForAConnection_SoThatASecondAnswerChangesNothing()
    {
        var names = new StubDns();
        names.Answers["once.example"] = [[IPAddress.Loopback], [s_public]];
        using var open = BatchTransport.ToNetwork(new BatchworkOptions { AllowPrivateAddresses = true, Resolve = names.ResolveAsync });

        using var answer = await open.Untrusted.GetAsync(new Uri($"http://once.example:{_inside.Address.Port}/"), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, names.Asked("once.example"));
    }

    /// <summary>Behind a proxy nobody would judge the address, so the machine's own proxy settings do not count for addresses that others chose.</summary>
    [Fact]
    public void Untrusted_WithAProxySetOnTheMachine_DoesNotUseIt()
    {
        using var handler = NetworkHandlers.Untrusted(Options(StubNames()));
        using var paid = NetworkHandlers.Paid(Options(StubNames()));

        Assert.False(handler.UseProxy);
        Assert.False(handler.UseCookies);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.PreAuthenticate);
        Assert.Null(handler.Credentials);
        Assert.False(paid.AllowAutoRedirect);
    }

    /// <summary>What looks like a proxy (a connection to another host than the request's) is judged all the same by the client for strangers' addresses.</summary>
    [Fact]
    public async Task Untrusted_ConnectionToAnotherHostThanAsked_IsJudged()
    {
        using var handler = NetworkHandlers.Untrusted(Options(StubNames()));
        handler.UseProxy = true;
        handler.Proxy = new WebProxy(_inside.Address);
        using var client = new HttpClient(handler);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://public.example/"), Token));

        Assert.IsType<AddressRefusedException>(refused.InnerException);
        Assert.Empty(_inside.Calls);
    }

    private static BatchworkOptions Options(StubDns names) => new() { MaxReadAttempts = 1, Resolve = names.ResolveAsync };

    private static StubDns StubNames()
    {
        var names = new StubDns();
        names.Answers["localhost"] = names.Answers["localhost."] = [[IPAddress.IPv6Loopback, IPAddress.Loopback]];
        names.Answers["rebind.example"] = [[IPAddress.Loopback]];
        names.Answers["rebind-later.example"] = [[s_public], [IPAddress.Loopback]];
        names.Answers["two-answers.example"] = [[s_public, IPAddress.Loopback]];
        names.Answers["mixed-families.example"] = [[s_public, IPAddress.Parse("fd00::1")]];
        // What a CNAME to an inner name comes to.
        names.Answers["alias.example"] = [[IPAddress.Parse("10.0.0.5")]];
        names.Answers["public.example"] = [[s_public]];
        return names;
    }

    /// <summary>The host of the picture answers with a redirect by script; where that leads is fetched over the real client.</summary>
    private static async Task<HostedImage> FetchAsync(Uri address, StubDns names, Uri location, HttpStatusCode status)
    {
        using var client = new HttpClient(new FirstHop(address.Host, location, status) { InnerHandler = NetworkHandlers.Untrusted(Options(names)) });
        var fetcher = new HostedImageFetcher(client, new TemporaryImageSink(), allowHttp: true, new BatchworkOptions(), new HurriedTimeProvider());
        return await fetcher.FetchAsync(new BatchImage { Index = 0, Url = address }, Token);
    }

    private sealed class FirstHop(string host, Uri location, HttpStatusCode status) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != host)
            {
                return base.SendAsync(request, cancellationToken);
            }

            var answer = new HttpResponseMessage(status) { RequestMessage = request };
            answer.Headers.Location = location;
            return Task.FromResult(answer);
        }
    }

    /// <summary>A name server that changes its mind: each question takes the next answer, the last one stays.</summary>
    private sealed class StubDns
    {
        private readonly Dictionary<string, int> _asked = new(StringComparer.OrdinalIgnoreCase);

        public Dictionary<string, IPAddress[][]> Answers { get; } = new(StringComparer.OrdinalIgnoreCase);

        public int Asked(string name) => _asked.GetValueOrDefault(name);

        public Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
        {
            var answers = Answers[name];
            var number = _asked[name] = _asked.GetValueOrDefault(name) + 1;
            return Task.FromResult(answers[Math.Min(number, answers.Length) - 1]);
        }
    }
}
