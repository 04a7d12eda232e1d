using System.Net;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Google;

/// <summary>Creating, asking, finding and cancelling.</summary>
public sealed class GoogleWireTests : IDisposable
{
    private const string Created = """{"name":"batches/3a96","metadata":{"@type":"t","model":"models/gemini-3-pro-image","displayName":"bw1-abc","inputConfig":{"fileName":"files/bw1-abc"},"createTime":"2026-11-24T10:00:00.5Z","batchStats":{"requestCount":"9","pendingRequestCount":"9"},"state":"BATCH_STATE_PENDING","name":"batches/3a96"}}""";

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Create_OfAFile_IsThisCall()
    {
        _server.Json(Created);

        var batch = await TestAdapter.Over(_server).CreateAsync(await TestAdapter.PrepareAsync(TestAdapter.LongBatch()), new UploadedInput("files/bw1-abc", 1, null), TestAdapter.Credentials, Token);

        var call = Assert.Single(_server.Calls);
        Assert.Equal("POST https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro-image:batchGenerateContent", $"{call.Method} {call.Address}");
        Assert.Equal("""{"batch":{"display_name":"bw1-abc","input_config":{"file_name":"files/bw1-abc"}}}""", call.Text);
        Assert.Equal(TestAdapter.Key, call.Headers["x-goog-api-key"]);
        Assert.False(call.Headers.ContainsKey("Authorization"));
        Assert.Equal(("batches/3a96", BatchStatus.Validating, "BATCH_STATE_PENDING", "files/bw1-abc"), (batch.Id, batch.Status, batch.RawStatus, batch.InputFileId));
        Assert.Equal(new BatchRequestCounts(9, 0, 0, 9), batch.RequestCounts);
    }

    [Theory]
    [InlineData(429, ProviderFailure.RateLimited, 31)]
    [InlineData(404, ProviderFailure.NotFound, null)]
    public async Task Create_GooglesOwnRefusal_IsRejected(int status, ProviderFailure failure, int? seconds)
    {
        var details = seconds is null ? "" : """,{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"31s"}""";
        _server.Json($$$"""{"error":{"code":{{{status}}},"message":"No.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"}{{{details}}}]}}""", (HttpStatusCode)status);

        var rejected = await Assert.ThrowsAsync<BatchRejectedException>(async () =>
            await TestAdapter.Over(_server).CreateAsync(await TestAdapter.PrepareAsync(TestAdapter.Batch()), new UploadedInput("inline", 1, null), TestAdapter.Credentials, Token));

        Assert.Equal((failure, "No.", seconds), (rejected.Failure, rejected.Error?.Message, (int?)rejected.RetryAfter?.TotalSeconds));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Retrieve_UnknownKey_IsAKeyRejected()
    {
        _server.Json("""{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}""", HttpStatusCode.BadRequest);

        Assert.Equal(ProviderFailure.KeyRejected, (await Assert.ThrowsAsync<ProviderException>(() => RetrieveAsync())).Failure);
    }

    [Fact]
    public async Task Retrieve_FileBatchAtItsEnd_NamesTheFile()
    {
        _server.Json("""{"name":"batches/3a96","metadata":{"output":{"responsesFile":"files/batch-3a96"},"batchStats":{"requestCount":"9","successfulRequestCount":"8","failedRequestCount":"1"},"state":"BATCH_STATE_SUCCEEDED"},"done":true,"response":{"@type":"t","responsesFile":"files/batch-3a96"}}""");

        var batch = await RetrieveAsync();

        Assert.Equal((BatchStatus.Completed, "files/batch-3a96", 8, 1), (batch.Status, batch.OutputFileId, batch.RequestCounts.Completed, batch.RequestCounts.Failed));
    }

    [Fact]
    public async Task Retrieve_InlineBatchAtItsEnd_ReadsNoFurtherThanItMust()
    {
        using var body = new CountingStream(InlineDocument.Of(pictures: 50, lettersEach: 400_000));
        _server.Reply(_ => ScriptedHandler.Make(HttpStatusCode.OK, new StreamContent(body)));

        var batch = await RetrieveAsync();

        Assert.Equal((BatchStatus.Completed, 50), (batch.Status, batch.RequestCounts.Completed));
        Assert.InRange(body.Count, 1, 2_000_000);
    }

    [Theory]
    [InlineData("""{"name":"batches/3a96","done":true,"error":{"code":1,"message":"cancelled"}}""", BatchStatus.Cancelled)]
    [InlineData("""{"name":"batches/3a96","done":true,"error":{"code":3,"message":"bad"}}""", BatchStatus.Failed)]
    [InlineData("""{"name":"batches/3a96","done":true,"error":{"code":3,"message":"late"},"metadata":{"state":"BATCH_STATE_EXPIRED"}}""", BatchStatus.Expired)]
    [InlineData("""{"name":"batches/3a96","metadata":{"state":"job_state_running"}}""", BatchStatus.InProgress)]
    [InlineData("""{"name":"batches/3a96","metadata":{"state":"JOB_STATE_PARTIALLY_SUCCEEDED"}}""", BatchStatus.Completed)]
    [InlineData("""{"name":"batches/3a96","metadata":{"state":"BATCH_STATE_DREAMING"}}""", null)]
    public async Task Retrieve_State_IsUnderstood(string operation, BatchStatus? status)
    {
        _server.Json(operation);

        Assert.Equal(status, (await RetrieveAsync()).Status);
    }

    [Fact]
    public async Task Cancel_Running_IsCancelling()
    {
        _server.Json("{}");

        var batch = await TestAdapter.Over(_server).CancelAsync("batches/3a96", TestAdapter.Credentials, Token);

        Assert.Equal("POST /v1beta/batches/3a96:cancel", Assert.Single(_server.Calls).ToString());
        Assert.Equal(BatchStatus.Cancelling, batch.Status);
    }

    [Fact]
    public async Task Cancel_TooLate_TellsHowItEnded()
    {
        _server.Json("""{"error":{"code":400,"message":"done","status":"FAILED_PRECONDITION"}}""", HttpStatusCode.BadRequest)
            .Json("""{"name":"batches/3a96","metadata":{"state":"BATCH_STATE_SUCCEEDED"},"done":true}""");

        Assert.Equal(BatchStatus.Completed, (await TestAdapter.Over(_server).CancelAsync("batches/3a96", TestAdapter.Credentials, Token)).Status);
    }

    [Fact]
    public async Task FindByTag_TwoPages_FindsByNameAndFile()
    {
        _server.Json($$$"""{"operations":[{"name":"batches/x1","metadata":{"displayName":"other","createTime":"2026-11-24T11:00:00Z"}},{{{Created}}}],"nextPageToken":"a/b"}""")
            .Json("""{"operations":[{"name":"batches/x2","metadata":{"inputConfig":{"fileName":"files/bw1-abc"},"createTime":"2026-11-24T09:00:00Z"}}]}""");

        var found = await TestAdapter.Over(_server).FindByTagAsync(
            new BatchSearch(TestAdapter.Tag, "files/bw1-abc", new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero)), TestAdapter.Credentials, Token);

        Assert.Equal(["batches/x2", "batches/3a96"], found.Select(b => b.Id));
        Assert.Equal(["GET /v1beta/batches?pageSize=100", "GET /v1beta/batches?pageSize=100&pageToken=a%2Fb"], _server.Calls.Select(c => c.ToString()));
    }

    [Fact]
    public async Task FindByTag_RepeatedToken_Ends()
    {
        _server.Json("""{"operations":[],"nextPageToken":"t"}""");

        Assert.Empty(await TestAdapter.Over(_server).FindByTagAsync(new BatchSearch(TestAdapter.Tag, null, DateTimeOffset.UnixEpoch), TestAdapter.Credentials, Token));
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task ListModels_Pages_SaysWhichWorkInBatches()
    {
        _server.Json("""{"models":[{"name":"models/gemini-3-pro-image","supportedGenerationMethods":["generateContent","batchGenerateContent"]}],"nextPageToken":"t"}""")
            .Json("""{"models":[{"name":"models/imagen-4","supportedGenerationMethods":["predict"]}]}""");

        Assert.Equal(
            [new AvailableModel("gemini-3-pro-image", null, true), new AvailableModel("imagen-4", null, false)],
            await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));
    }

    private async Task<BatchSnapshot> RetrieveAsync() => await TestAdapter.Over(_server).RetrieveAsync("batches/3a96", TestAdapter.Credentials, Token);
}
