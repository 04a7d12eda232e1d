using System.Net;
using System.Text;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Google;

/// <summary>The resumable upload, byte for byte, and what may happen to it.</summary>
public sealed class GoogleUploadTests : IDisposable
{
    private const string Session = "https://generativelanguage.googleapis.com/upload/v1beta/files?upload_id=s3cret&upload_protocol=resumable";
    private const string File = """{"name":"files/bw1-abc","sizeBytes":"LENGTH","createTime":"2026-11-24T10:00:00Z","state":"STATE"}""";

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Upload_ManyRequests_IsTwoCalls()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        Begun().Json($$"""{"file":{{Described(batch)}}}""");

        var input = await UploadAsync(batch);

        Assert.Equal(["POST https://generativelanguage.googleapis.com/upload/v1beta/files", $"POST {Session}"], _server.Calls.Select(c => $"{c.Method} {c.Address}"));
        var (start, send) = (_server.Calls[0], _server.Calls[1]);
        Assert.Equal("""{"file":{"display_name":"bw1-abc","name":"files/bw1-abc"}}""", start.Text);
        Assert.Equal(TestAdapter.Key, start.Headers["x-goog-api-key"]);
        Assert.Equal(("resumable", "start"), (start.Headers["X-Goog-Upload-Protocol"], start.Headers["X-Goog-Upload-Command"]));
        Assert.Equal((batch.ByteCount.ToString(null as IFormatProvider), "application/jsonl"), (start.Headers["X-Goog-Upload-Header-Content-Length"], start.Headers["X-Goog-Upload-Header-Content-Type"]));
        Assert.Equal(("upload, finalize", "0"), (send.Headers["X-Goog-Upload-Command"], send.Headers["X-Goog-Upload-Offset"]));
        Assert.Equal(await TestAdapter.WriteAsync(TestAdapter.LongBatch()), send.Text);
        Assert.Equal(new UploadedInput("files/bw1-abc", batch.ByteCount, new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero)), input);
    }

    [Fact]
    public async Task Upload_ThroughAGateway_StaysThere()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        _server.Json("{}", HttpStatusCode.OK, ("X-Goog-Upload-URL", "https://gateway.example/google/upload/v1beta/files?upload_id=1")).Json($$"""{"file":{{Described(batch)}}}""");

        await TestAdapter.Over(_server).UploadAsync(batch, TestAdapter.Credentials with { BaseUrl = new Uri("https://gateway.example/google/v1beta") }, Token);

        Assert.Equal("https://gateway.example/google/upload/v1beta/files", _server.Calls[0].Address.ToString());
        Assert.Equal(TestAdapter.Key, _server.Calls[1].Headers["x-goog-api-key"]);
    }

    [Theory]
    [InlineData("https://evil.example/upload")]
    [InlineData("http://generativelanguage.googleapis.com/upload")]
    [InlineData("https://googleapis.com.evil.example/")]
    [InlineData("/upload")]
    public async Task Upload_SessionElsewhere_IsNotFollowed(string session)
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        _server.Json("{}", HttpStatusCode.OK, ("X-Goog-Upload-URL", session));

        Assert.Equal(ProviderFailure.UnexpectedAnswer, (await Assert.ThrowsAsync<ProviderException>(() => UploadAsync(batch))).Failure);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Upload_Break_GoesOnWhereItStopped()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        Begun().Throw(new HttpRequestException("broken", new IOException("reset")))
            .Json("", HttpStatusCode.OK, ("X-Goog-Upload-Status", "active"), ("X-Goog-Upload-Size-Received", "1000"))
            .Json($$"""{"file":{{Described(batch)}}}""");

        await UploadAsync(batch);

        var all = Encoding.UTF8.GetBytes(await TestAdapter.WriteAsync(TestAdapter.LongBatch()));
        Assert.Equal("query", _server.Calls[2].Headers["X-Goog-Upload-Command"]);
        Assert.Equal("1000", _server.Calls[3].Headers["X-Goog-Upload-Offset"]);
        Assert.Equal(all[1000..], _server.Calls[3].Body);
    }

    [Fact]
    public async Task Upload_AnswerLost_FindsTheFileByItsName()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        Begun().Throw(new HttpRequestException("broken", new IOException("reset")))
            .Json("", HttpStatusCode.OK, ("X-Goog-Upload-Status", "final"))
            .Json(Described(batch));

        Assert.Equal("files/bw1-abc", (await UploadAsync(batch)).FileId);
        Assert.Equal("GET /v1beta/files/bw1-abc", _server.Calls[3].ToString());
    }

    [Fact]
    public async Task Upload_NameTakenByTheSame_UsesIt()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        _server.Json("""{"error":{"code":409,"message":"taken","status":"ALREADY_EXISTS"}}""", HttpStatusCode.Conflict).Json(Described(batch));

        Assert.Equal("files/bw1-abc", (await UploadAsync(batch)).FileId);
    }

    [Fact]
    public async Task Upload_NameTakenByAnother_IsAConflict()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        _server.Json("""{"error":{"code":409,"message":"taken","status":"ALREADY_EXISTS"}}""", HttpStatusCode.Conflict).Json("""{"name":"files/bw1-abc","sizeBytes":"5"}""");

        Assert.Equal(ProviderFailure.Conflict, (await Assert.ThrowsAsync<ProviderException>(() => UploadAsync(batch))).Failure);
    }

    [Fact]
    public async Task Upload_Processing_IsWaitedFor()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        Begun().Json($$"""{"file":{{Described(batch, "PROCESSING")}}}""").Json(Described(batch, "PROCESSING")).Json(Described(batch));

        await UploadAsync(batch);

        Assert.Equal(4, _server.Calls.Count);
    }

    [Fact]
    public async Task Upload_FileThatGoogleCannotRead_IsInvalid()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.LongBatch());
        Begun().Json("""{"file":{"name":"files/bw1-abc","state":"FAILED","error":{"code":3,"message":"Not JSONL."}}}""");

        var failure = await Assert.ThrowsAsync<ProviderException>(() => UploadAsync(batch));

        Assert.Equal(ProviderFailure.InvalidRequest, failure.Failure);
        Assert.Contains("Not JSONL.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_SmallBatch_IsNone()
    {
        Assert.Equal("inline", (await UploadAsync(await TestAdapter.PrepareAsync(TestAdapter.Batch()))).FileId);
        await TestAdapter.Over(_server).DeleteFileAsync("inline", TestAdapter.Credentials, Token);
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData(HttpStatusCode.Forbidden, "PERMISSION_DENIED")]
    public async Task FindUpload_NotThere_IsNull(HttpStatusCode status, string word)
    {
        _server.Json($$$"""{"error":{"code":{{{(int)status}}},"message":"m","status":"{{{word}}}"}}""", status);

        Assert.Null(await TestAdapter.Over(_server).FindUploadAsync(TestAdapter.Tag, TestAdapter.Credentials, Token));
        Assert.Equal("GET /v1beta/files/bw1-abc", Assert.Single(_server.Calls).ToString());
    }

    [Theory]
    [InlineData("""{"name":"files/bw1-abc","state":"FAILED"}""")]
    [InlineData("""{"name":"files/bw1-abc","state":"ACTIVE","expirationTime":"2020-01-01T00:00:00Z"}""")]
    public async Task FindUpload_OfNoUse_IsNull(string file)
    {
        _server.Json(file);

        Assert.Null(await TestAdapter.Over(_server).FindUploadAsync(TestAdapter.Tag, TestAdapter.Credentials, Token));
    }

    [Fact]
    public async Task Delete_GoneFile_IsDone()
    {
        _server.Json("""{"error":{"code":404,"message":"m"}}""", HttpStatusCode.NotFound);

        await TestAdapter.Over(_server).DeleteFileAsync("files/bw1-abc", TestAdapter.Credentials, Token);

        Assert.Equal("DELETE /v1beta/files/bw1-abc", Assert.Single(_server.Calls).ToString());
    }

    private static string Described(PreparedBatch batch, string state = "ACTIVE") =>
        File.Replace("LENGTH", batch.ByteCount.ToString(null as IFormatProvider), StringComparison.Ordinal).Replace("STATE", state, StringComparison.Ordinal);

    private ScriptedHandler Begun() => _server.Json("", HttpStatusCode.OK, ("X-Goog-Upload-URL", Session), ("X-Goog-Upload-Status", "active"));

    private async Task<UploadedInput> UploadAsync(PreparedBatch batch) => await TestAdapter.Over(_server).UploadAsync(batch, TestAdapter.Credentials, Token);
}
