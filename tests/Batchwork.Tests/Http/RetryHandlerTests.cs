using System.Net;
using Batchwork.Http;
using Batchwork.Testing;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Http;

public sealed class RetryHandlerTests : IDisposable
{
    private readonly ScriptedHandler _server = new();
    private readonly HurriedTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData((HttpStatusCode)425)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData((HttpStatusCode)529)]
    public async Task Get_TroubleThatPasses_IsTriedAgain(HttpStatusCode status)
    {
        _server.Json("{}", status).Json("{}", status).Json("""{"ok":1}""");

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, _server.Calls.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task Get_TroubleThatStays_IsToldAtOnce(HttpStatusCode status)
    {
        _server.Json("{}", status);

        using var response = await GetAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Single(_server.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 1)]
    [InlineData(HttpStatusCode.Conflict, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 5)]
    [InlineData(HttpStatusCode.TooManyRequests, 5)]
    public async Task Post_Trouble_IsTriedAgainOnlyIfNothingWasDone(HttpStatusCode status, int calls)
    {
        _server.Json("{}", status);

        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, "https://api.example/cancel"));

        Assert.Equal(calls, _server.Calls.Count);
    }

    [Fact]
    public async Task Get_RetryAfter_IsWaitedFor()
    {
        _server.Json("{}", HttpStatusCode.TooManyRequests, ("Retry-After", "7")).Json("{}", HttpStatusCode.TooManyRequests, ("retry-after-ms", "2500"), ("Retry-After", "30")).Json("{}");

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2.5)], _time.Skipped);
    }

    [Fact]
    public async Task Get_AskedToWaitTooLong_IsToldAtOnce()
    {
        _server.Json("{}", HttpStatusCode.TooManyRequests, ("Retry-After", "121"));

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Get_WaitInTheBody_IsWaitedFor()
    {
        _server.Json("""{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3.5s"}]}}""", HttpStatusCode.TooManyRequests).Json("{}");

        using var response = await GetAsync();

        Assert.Equal([TimeSpan.FromSeconds(3.5)], _time.Skipped);
    }

    [Fact]
    public async Task Get_AccountWithoutCredit_IsToldAtOnce()
    {
        _server.Json("""{"error":{"message":"m","code":"insufficient_quota"}}""", HttpStatusCode.TooManyRequests);

        using var response = await GetAsync();

        Assert.Single(_server.Calls);
        Assert.Contains("insufficient_quota", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", HttpStatusCode.ServiceUnavailable, 1)]
    [InlineData("true", HttpStatusCode.BadRequest, 5)]
    [InlineData("perhaps", HttpStatusCode.BadRequest, 1)]
    public async Task Get_OpenAIsAdvice_IsFollowed(string advice, HttpStatusCode status, int calls)
    {
        _server.Json("{}", status, ("x-should-retry", advice));

        using var response = await GetAsync();

        Assert.Equal(calls, _server.Calls.Count);
    }

    [Fact]
    public async Task Get_BrokenConnection_IsTriedAgain()
    {
        _server.Throw(new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Throw(new IOException("broken")).Json("{}");

        using var response = await GetAsync();

        Assert.Equal(3, _server.Calls.Count);
    }

    [Fact]
    public async Task Get_BreaksInTheMiddleOfASmallAnswer_IsTriedAgain()
    {
        _server.Reply(_ => ScriptedHandler.Make(HttpStatusCode.OK, new StreamContent(new BreakingStream()))).Json("""{"ok":1}""");

        using var response = await GetAsync();

        Assert.Equal("""{"ok":1}""", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_CertificateIsNotValid_IsToldAtOnce()
    {
        _server.Throw(new HttpRequestException(HttpRequestError.SecureConnectionError, "expired"));

        await Assert.ThrowsAsync<HttpRequestException>(GetAsync);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Get_NoEndOfTrouble_IsGivenUpAfterLongerAndLongerPauses()
    {
        _server.Json("{}", HttpStatusCode.InternalServerError);

        using var response = await GetAsync();

        Assert.Equal(5, _server.Calls.Count);
        Assert.Equal(4, _time.Skipped.Count);
        for (var i = 0; i < 4; i++)
        {
            var whole = TimeSpan.FromSeconds(0.5 * Math.Pow(2, i));
            Assert.InRange(_time.Skipped[i], whole / 2, whole);
        }
    }

    [Fact]
    public async Task Get_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        _server.Reply(_ =>
        {
            cancel.Cancel();
            throw new HttpRequestException("broken");
        });

        using var client = Client();
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync("https://api.example/", cancel.Token));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Get_RedirectWithinTheOrigin_IsFollowedWithTheKey()
    {
        _server.Json("", HttpStatusCode.Found, ("Location", "/elsewhere")).Json("{}");

        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/here");
        request.Headers.Add("Authorization", "Bearer key");
        using var response = await SendAsync(request);

        Assert.Equal(["/here", "/elsewhere"], _server.Calls.Select(c => c.Path));
        Assert.Equal("Bearer key", _server.Calls[1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData("https://evil.example/elsewhere")]
    [InlineData("http://api.example/elsewhere")]
    [InlineData("https://api.example:444/elsewhere")]
    public async Task Get_RedirectElsewhere_IsNotFollowed(string location)
    {
        _server.Json("", HttpStatusCode.Found, ("Location", location));

        using var response = await GetAsync();

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Get_RedirectsInACircle_EndSomewhen()
    {
        _server.Json("", HttpStatusCode.Found, ("Location", "/here"));

        using var response = await GetAsync();

        Assert.Equal(6, _server.Calls.Count);
    }

    private Task<HttpResponseMessage> GetAsync() => SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/here"));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var client = Client();
        return await client.SendAsync(request, Token);
    }

    private HttpClient Client() => new(NetworkHandlers.WithRetries(_server, new BatchworkOptions(), _time), disposeHandler: false);

    private sealed class BreakingStream : MemoryStream
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read)
            {
                throw new IOException("broken");
            }

            _read = true;
            buffer.Span[0] = (byte)'{';
            return ValueTask.FromResult(1);
        }
    }
}
