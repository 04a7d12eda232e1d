using System.Net;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.OpenAI;
using Batchwork.Testing;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.OpenAI;

/// <summary>What a paid create may have done: accepted, refused, never sent, or not known. Getting this wrong pays twice or loses a batch.</summary>
public sealed class OpenAICreateOutcomeTests : IDisposable
{
    private static readonly UploadedInput s_input = new("file-1", null, null);

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(400, ProviderFailure.InvalidRequest)]
    [InlineData(401, ProviderFailure.KeyRejected)]
    [InlineData(403, ProviderFailure.Forbidden)]
    [InlineData(404, ProviderFailure.NotFound)]
    [InlineData(422, ProviderFailure.InvalidRequest)]
    [InlineData(429, ProviderFailure.RateLimited)]
    public async Task Create_ProvidersOwnRefusal_IsRejected(int status, ProviderFailure failure)
    {
        _server.Json("""{"error":{"message":"No.","code":"c"}}""", (HttpStatusCode)status);

        var rejected = await Assert.ThrowsAsync<BatchRejectedException>(() => CreateAsync());

        Assert.Equal((failure, "c", (HttpStatusCode)status), (rejected.Failure, rejected.Error?.Code, rejected.StatusCode));
        Assert.Single(_server.Calls);
    }

    [Theory]
    [InlineData(400, "<html>proxy</html>")]
    [InlineData(404, "{}")]
    [InlineData(405, "")]
    [InlineData(408, """{"error":{"message":"m"}}""")]
    [InlineData(409, """{"error":{"message":"m"}}""")]
    [InlineData(425, """{"error":{"message":"m"}}""")]
    [InlineData(302, "")]
    [InlineData(500, """{"error":{"message":"m"}}""")]
    [InlineData(502, "<html>")]
    [InlineData(503, """{"error":{"message":"m"}}""")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"id":""}""")]
    [InlineData(200, """{"id":"../x","status":"validating"}""")]
    [InlineData(200, """{"error":{"message":"m"}}""")]
    [InlineData(200, "null")]
    [InlineData(202, "ok")]
    public async Task Create_AnythingElse_IsNotKnown(int status, string answer)
    {
        _server.Json(answer, (HttpStatusCode)status);

        var unknown = await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync());

        Assert.Equal(("bw1-abc", "file-1", (HttpStatusCode)status), (unknown.Tag, unknown.InputFileId, unknown.StatusCode));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Create_BreaksAfterItWasSent_IsNotKnown()
    {
        // The scripted handler has read the body by then.
        _server.Throw(new HttpRequestException(HttpRequestError.ResponseEnded, "gone"));

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync());
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Create_OddFailureAfterItWasSent_IsNotKnown()
    {
        _server.Throw(new InvalidOperationException("odd"));

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync());
    }

    [Fact]
    public async Task Create_CancelledAfterItWasSent_IsNotKnown()
    {
        using var cancel = new CancellationTokenSource();
        _server.ReplyAsync(async (_, token) =>
        {
            await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The token is another one.");
        });

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync(cancel.Token));
    }

    [Fact]
    public async Task Create_CancelledBefore_IsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CreateAsync(cancel.Token));
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task Create_NobodyListens_IsNotSent()
    {
        Uri address;
        await using (var server = new LoopbackServer(_ => LoopbackReply.Json("{}")))
        {
            address = server.Address;
        }

        await Assert.ThrowsAsync<BatchNotSentException>(() => CreateAsync(address));
    }

    [Theory]
    [InlineData("https://name-that-is-not.invalid/v1")]
    [InlineData("https://10.255.255.1/v1")]
    public async Task Create_NoWayThere_IsNotSent(string address)
    {
        // The second is refused because it is private.
        await Assert.ThrowsAsync<BatchNotSentException>(() => CreateAsync(new Uri(address), new BatchworkOptions()));
    }

    [Fact]
    public async Task Create_NotASafeConnection_IsNotSent()
    {
        await using var server = new LoopbackServer(_ => LoopbackReply.Json("{}"));

        await Assert.ThrowsAsync<BatchNotSentException>(() => CreateAsync(new UriBuilder(server.Address) { Scheme = "https" }.Uri));
    }

    [Fact]
    public async Task Create_HungUpOnAfterItWasSent_IsNotKnownAndSentOnce()
    {
        await using var server = new LoopbackServer(_ => new LoopbackReply { HangsUp = true });

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync(server.Address));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Create_AnswerBreaksOff_IsNotKnownAndSentOnce()
    {
        await using var server = new LoopbackServer(_ => LoopbackReply.Json("""{"id":"batch_1","status":"validating"}""") with { HangUpAfter = 10 });

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync(server.Address));
        Assert.Single(server.Calls);
    }

    private async Task<BatchSnapshot> CreateAsync(CancellationToken? cancellationToken = null)
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch() with { Tag = "bw1-abc" });
        return await TestAdapter.Over(_server).CreateAsync(batch, s_input, TestAdapter.Credentials, cancellationToken ?? Token);
    }

    private static async Task<BatchSnapshot> CreateAsync(Uri address, BatchworkOptions? options = null)
    {
        options ??= new BatchworkOptions { AllowPrivateAddresses = true };
        using var transport = BatchTransport.ToNetwork(options);
        var adapter = new OpenAIAdapter(new TransportSource(() => transport, _ => null), options, new HurriedTimeProvider());
        return await adapter.CreateAsync(await TestAdapter.PrepareAsync(TestAdapter.Batch()), s_input, TestAdapter.Credentials with { BaseUrl = address }, Token);
    }
}
