using System.Net;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.XAI;

/// <summary>The bytes that go out, and what is made of xAI's answers to them.</summary>
public sealed class XAIWireTests : IDisposable
{
    private const string Created =
        """
        {"batch_id":"batch_1","name":"batchwork","create_time":"2026-11-22","expire_time":"2026-11-23","create_api_key_id":"k","cancel_time":null,"cancel_by_xai_message":null,
         "input_file_id":"file_1","state":{"num_requests":0,"num_pending":0,"num_success":0,"num_error":0,"num_cancelled":0}}
        """;

    private static readonly UploadedInput s_input = new("file_1", 163, null);

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Upload_Batch_IsThisForm()
    {
        _server.Json("""{"id":"file_1","object":"file","bytes":163,"created_at":1795000000,"filename":"batchwork.jsonl","purpose":"","expires_at":null}""");
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var input = await TestAdapter.Over(_server).UploadAsync(batch, TestAdapter.Credentials, Token);

        var call = Assert.Single(_server.Calls);
        var boundary = $"batchwork-{batch.Sha256[..32]}";
        Assert.Equal("POST https://api.x.ai/v1/files", $"{call.Method} {call.Address}");
        Assert.Equal("Bearer " + TestAdapter.Key, call.Headers["Authorization"]);
        Assert.Equal(
            $"--{boundary}\r\nContent-Type: application/jsonl\r\nContent-Disposition: form-data; name=\"file\"; filename=\"batchwork.jsonl\"\r\n\r\n"
            + """{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"grok-imagine-image","prompt":"a red bicycle","n":1,"response_format":"b64_json"}}""" + "\n"
            + $"\r\n--{boundary}--\r\n",
            call.Text);
        Assert.Equal(new UploadedInput("file_1", 163, DateTimeOffset.FromUnixTimeSeconds(1795000000)), input);
    }

    /// <summary>xAI ignores or refuses an expiry behind the file.</summary>
    [Fact]
    public async Task Upload_Expiry_StandsBeforeTheFile()
    {
        _server.Json("""{"id":"file-1"}""");
        var batch = TestAdapter.Batch() with { Tag = "bw1-abc", InputExpiresAfter = TimeSpan.FromDays(2) };

        await TestAdapter.Over(_server).UploadAsync(await TestAdapter.PrepareAsync(batch), TestAdapter.Credentials, Token);

        var form = Recorded.MultipartBody.Read(_server.Calls[0].Headers["Content-Type"], _server.Calls[0].Body);
        Assert.Equal(["expires_after", "file"], form.Order);
        Assert.Equal(("172800", "bw1-abc.jsonl"), (form.Fields["expires_after"], form.FileName));
    }

    [Theory]
    [InlineData(null, """{"name":"batchwork","input_file_id":"file_1"}""")]
    [InlineData("bw1-abc", """{"name":"bw1-abc","input_file_id":"file_1"}""")]
    public async Task Create_Batch_IsThisCall(string? tag, string body)
    {
        _server.Json(Created);
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch() with { Tag = tag });

        var snapshot = await TestAdapter.Over(_server).CreateAsync(batch, s_input, TestAdapter.Credentials, Token);

        var call = Assert.Single(_server.Calls);
        Assert.Equal("POST https://api.x.ai/v1/batches", $"{call.Method} {call.Address}");
        Assert.Equal(("application/json", body), (call.Headers["Content-Type"], call.Text));
        Assert.Equal(("batch_1", BatchStatus.Validating, "file_1"), (snapshot.Id, snapshot.Status, snapshot.InputFileId));
        Assert.Equal((new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), null), (snapshot.CreatedAt, snapshot.ExpiresAt));
    }

    [Fact]
    public async Task Create_Failure_IsNeverSentAgain()
    {
        _server.Json("""{"code":"unavailable","error":"try later"}""", HttpStatusCode.ServiceUnavailable);
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var unknown = await Assert.ThrowsAsync<BatchOutcomeUnknownException>(async () => await TestAdapter.Over(_server).CreateAsync(batch, s_input, TestAdapter.Credentials, Token));

        Assert.Single(_server.Calls);
        Assert.Equal(("unavailable", "try later"), (unknown.Error?.Code, unknown.Error?.Message));
    }

    [Fact]
    public async Task Create_ClearRefusal_CarriesXAIsWords()
    {
        _server.Json("""{"code":"Some of the fields are invalid","error":{"message":"name is too long"}}""", HttpStatusCode.UnprocessableEntity);
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var rejected = await Assert.ThrowsAsync<BatchRejectedException>(async () => await TestAdapter.Over(_server).CreateAsync(batch, s_input, TestAdapter.Credentials, Token));

        Assert.Equal((ProviderFailure.InvalidRequest, "xAI answered 422: name is too long"), (rejected.Failure, rejected.Message));
    }

    [Fact]
    public async Task FindByTag_ManyPages_LooksAtAllOfThem()
    {
        _server
            .Json("""{"batches":[{"batch_id":"b1","name":"other","create_time":"2020-01-01"},{"batch_id":"b2","name":"bw1-abc","create_time":"2026-11-22T10:00:00Z"}],"pagination_token":"t/2 +="}""")
            .Json("""{"batches":[{"batch_id":"b3","name":"x","input_file_id":"file_1","create_time":"2026-11-22T09:00:00Z"},{"no":"id"}],"pagination_token":""}""");

        var found = await TestAdapter.Over(_server).FindByTagAsync(new BatchSearch("bw1-abc", "file_1", TestAdapter.Now), TestAdapter.Credentials, Token);

        Assert.Equal(["b3", "b2"], found.Select(b => b.Id));
        Assert.Equal(["GET /v1/batches?limit=100", "GET /v1/batches?limit=100&pagination_token=t%2F2+%2B%3D"], _server.Calls.Select(c => c.ToString()));
    }

    [Fact]
    public async Task List_TokenThatRepeats_Ends()
    {
        _server.Json("""{"batches":[{"batch_id":"b1"}],"pagination_token":"t"}""");

        var batches = await TestAdapter.Over(_server).ListAsync(TestAdapter.Credentials, Token).ToListAsync(Token);

        Assert.Equal(2, batches.Count);
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task FindUpload_Tag_AsksByNameAndChecksIt()
    {
        _server.Json("""
            {"data":[{"id":"file_0","filename":"other.jsonl","created_at":1795000009},{"id":"file_1","filename":"bw1-abc.jsonl","created_at":1795000000},
             {"id":"file_2","filename":"bw1-abc.jsonl","created_at":1795000005}],"pagination_token":null}
            """);

        var found = await TestAdapter.Over(_server).FindUploadAsync("bw1-abc", TestAdapter.Credentials, Token);

        Assert.Equal("file_2", found?.FileId);
        Assert.Equal("GET /v1/files?filter=name+%3D+%22bw1-abc.jsonl%22&limit=100", Assert.Single(_server.Calls).ToString());
    }

    [Fact]
    public async Task Cancel_Batch_IsAVerbBehindAColon()
    {
        _server.Json("""{"batch_id":"batch_1","cancel_time":"2026-11-22T11:00:00Z","state":{"num_requests":3,"num_pending":2,"num_success":1}}""");

        var batch = await TestAdapter.Over(_server).CancelAsync("batch_1", TestAdapter.Credentials, Token);

        Assert.Equal("POST /v1/batches/batch_1:cancel", Assert.Single(_server.Calls).ToString());
        Assert.Equal(BatchStatus.Cancelling, batch.Status);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("batch.1")]
    [InlineData("batch_1:cancel")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Call_IdThatIsNone_IsNoCall(string id)
    {
        var adapter = TestAdapter.Over(_server);

        await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.RetrieveAsync(id, TestAdapter.Credentials, Token));
        await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.CancelAsync(id, TestAdapter.Credentials, Token));
        Assert.Throws<BatchValidationException>(() => adapter.ReadResultsAsync(new BatchSnapshot { Id = id, Provider = "xai", Status = null }, new ResultReadOptions(), TestAdapter.Credentials, Token));
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task DeleteFile_GoneAlready_IsDone()
    {
        _server.Json("""{"code":"not-found","error":"no such file"}""", HttpStatusCode.NotFound);

        await TestAdapter.Over(_server).DeleteFileAsync("file_1", TestAdapter.Credentials, Token);

        Assert.Equal("DELETE /v1/files/file_1", Assert.Single(_server.Calls).ToString());
    }

    [Fact]
    public async Task ListModels_Answer_TellsNames()
    {
        _server.Json("""{"data":[{"id":"grok-imagine-image","object":"model"},{"id":"grok-4"},{"object":"x"}]}""");

        var models = await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token);

        Assert.Equal([new("grok-imagine-image", null), new("grok-4", null)], models);
    }

    [Fact]
    public async Task Call_Failure_HoldsNoKey()
    {
        _server.Json("""{"code":"unauthenticated:bad-credentials","error":"Incorrect API key: KEY"}""".Replace("KEY", TestAdapter.Key, StringComparison.Ordinal), HttpStatusCode.Unauthorized);

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal((ProviderFailure.KeyRejected, "xAI answered 401: Incorrect API key: [secret]"), (failure.Failure, failure.Message));
    }
}
