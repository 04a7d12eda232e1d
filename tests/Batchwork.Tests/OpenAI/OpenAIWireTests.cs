using System.Net;
using System.Text;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.OpenAI;

/// <summary>The bytes that go out, and what is made of OpenAI's answers to them.</summary>
public sealed class OpenAIWireTests : IDisposable
{
    private const string Created = """{"id":"batch_1","object":"batch","status":"validating","created_at":1795000000,"input_file_id":"file-1"}""";

    private static readonly UploadedInput s_input = new("file-1", 127, null);

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Upload_Batch_IsThisForm()
    {
        _server.Json("""{"id":"file-1","object":"file","bytes":127,"created_at":1795000000,"filename":"batchwork.jsonl","purpose":"batch"}""");
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var input = await TestAdapter.Over(_server).UploadAsync(batch, TestAdapter.Credentials, Token);

        var call = Assert.Single(_server.Calls);
        var boundary = $"batchwork-{batch.Sha256[..32]}";
        Assert.Equal("POST https://api.openai.com/v1/files", $"{call.Method} {call.Address}");
        Assert.Equal("Bearer " + TestAdapter.Key, call.Headers["Authorization"]);
        Assert.Equal($"multipart/form-data; boundary={boundary}", call.Headers["Content-Type"]);
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch"
            + $"\r\n--{boundary}\r\nContent-Type: application/jsonl\r\nContent-Disposition: form-data; name=\"file\"; filename=\"batchwork.jsonl\"\r\n\r\n"
            + await TestAdapter.UploadAsync(TestAdapter.Batch())
            + $"\r\n--{boundary}--\r\n",
            call.Text);
        Assert.Equal(new UploadedInput("file-1", 127, DateTimeOffset.FromUnixTimeSeconds(1795000000)), input);
    }

    [Fact]
    public async Task Upload_TagAndExpiry_AreInTheForm()
    {
        _server.Json("""{"id":"file-1"}""");
        var batch = TestAdapter.Batch() with { Tag = "bw1-abc", InputExpiresAfter = TimeSpan.FromDays(2) };

        await TestAdapter.Over(_server).UploadAsync(await TestAdapter.PrepareAsync(batch), TestAdapter.Credentials, Token);

        var form = Recorded.MultipartBody.Read(_server.Calls[0].Headers["Content-Type"], _server.Calls[0].Body);
        Assert.Equal("bw1-abc.jsonl", form.FileName);
        Assert.Equal(["purpose", "expires_after[anchor]", "expires_after[seconds]", "file"], form.Order);
        Assert.Equal(("created_at", "172800"), (form.Fields["expires_after[anchor]"], form.Fields["expires_after[seconds]"]));
    }

    [Theory]
    [InlineData("""{"object":"file"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":"../x"}""")]
    public async Task Upload_AnswerWithoutAnId_IsAFailure(string answer)
    {
        _server.Json(answer);
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).UploadAsync(batch, TestAdapter.Credentials, Token));

        Assert.Equal(ProviderFailure.UnexpectedAnswer, failure.Failure);
    }

    [Fact]
    public async Task Create_Batch_IsThisCall()
    {
        _server.Json(Created);
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch());

        var snapshot = await TestAdapter.Over(_server).CreateAsync(batch, s_input, TestAdapter.Credentials, Token);

        var call = Assert.Single(_server.Calls);
        Assert.Equal("POST https://api.openai.com/v1/batches", $"{call.Method} {call.Address}");
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal("""{"input_file_id":"file-1","endpoint":"/v1/images/generations","completion_window":"24h"}""", call.Text);
        Assert.Equal(("batch_1", BatchStatus.Validating, "validating", "file-1"), (snapshot.Id, snapshot.Status, snapshot.RawStatus, snapshot.InputFileId));
    }

    [Fact]
    public async Task Create_TagMetadataAndExpiry_AreInTheCall()
    {
        _server.Json(Created);
        var batch = TestAdapter.Batch() with { Tag = "bw1-abc", Metadata = new Dictionary<string, string> { ["job"] = "4\"2" }, OutputExpiresAfter = TimeSpan.FromDays(30) };

        await TestAdapter.Over(_server).CreateAsync(await TestAdapter.PrepareAsync(batch), s_input, TestAdapter.Credentials, Token);

        Assert.Equal(
            """{"input_file_id":"file-1","endpoint":"/v1/images/generations","completion_window":"24h","metadata":{"job":"4\"2","bw_tag":"bw1-abc"},"output_expires_after":{"anchor":"created_at","seconds":2592000}}""",
            _server.Calls[0].Text);
    }

    [Fact]
    public async Task Call_GatewayWithHeaders_GoesThereWithThem()
    {
        _server.Json(Created);
        var credentials = new BatchCredentials
        {
            ApiKey = "key",
            BaseUrl = new Uri("https://gateway.example/openai/v1/"),
            Headers = new Dictionary<string, string> { ["authorization"] = "Custom abc", ["X-Team"] = "art" },
        };

        await TestAdapter.Over(_server).RetrieveAsync("batch_1", credentials, Token);

        var call = Assert.Single(_server.Calls);
        Assert.Equal("https://gateway.example/openai/v1/batches/batch_1", call.Address.ToString());
        Assert.Equal(("Custom abc", "art"), (call.Headers["Authorization"], call.Headers["X-Team"]));
    }

    [Theory]
    [InlineData(null, null, "key-missing")]
    [InlineData("", null, "key-missing")]
    [InlineData("line\nbreak", null, "key-invalid")]
    [InlineData("key", "https://api.example/v1?x=1", "base-url-invalid")]
    [InlineData("key", "ftp://api.example/v1", "base-url-invalid")]
    [InlineData("key", "https://user:pass@api.example/v1", "base-url-invalid")]
    public async Task Call_UnusableCredentials_IsNoCall(string? key, string? baseUrl, string code)
    {
        var credentials = new BatchCredentials { ApiKey = key, BaseUrl = baseUrl is null ? null : new Uri(baseUrl) };

        var invalid = await Assert.ThrowsAsync<BatchValidationException>(async () => await TestAdapter.Over(_server).ListModelsAsync(credentials, Token));

        Assert.Equal(code, Assert.Single(invalid.Problems).Code);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task Call_Failure_CarriesTheProvidersWordsButNoKey()
    {
        _server.Json(
            """{"error":{"message":"Incorrect API key provided: KEY.","type":"invalid_request_error","code":"invalid_api_key"}}""".Replace("KEY", TestAdapter.Key, StringComparison.Ordinal),
            HttpStatusCode.Unauthorized,
            ("x-request-id", "req_1"));

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal(
            (ProviderFailure.KeyRejected, HttpStatusCode.Unauthorized, "req_1", "invalid_api_key"),
            (failure.Failure, failure.StatusCode, failure.RequestId, failure.Error?.Code));
        Assert.Equal("OpenAI answered 401: Incorrect API key provided: [secret].", failure.Message);
        Assert.DoesNotContain(TestAdapter.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task F01_RefusalNamesALine_TellsIt()
    {
        _server.Json("""{"error":{"message":"Bad size","code":"invalid_value","param":"body.size","line":17}}""", HttpStatusCode.BadRequest);

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal(new BatchError("invalid_value", "Bad size", null, 17, "body.size"), failure.Error);
    }

    [Fact]
    public async Task F22_AnswerWithoutEnd_IsRefusedAsImplausible()
    {
        _server.Bytes(new byte[33 * 1024 * 1024]);

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal(ProviderFailure.UnexpectedAnswer, failure.Failure);
        Assert.StartsWith("The answer was implausibly large and was refused.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F53_CertificateIsNotValid_SaysThatNoSafeConnectionCouldBeMade()
    {
        _server.Throw(new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.", new InvalidOperationException("certificate expired.")));

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal((ProviderFailure.Connection, "Can't make a safe connection to api.openai.com (certificate expired)."), (failure.Failure, failure.Message));
    }

    [Fact]
    public async Task Call_RateLimited_TellsHowLongToWait()
    {
        _server.Json("{}", HttpStatusCode.TooManyRequests, ("Retry-After", "600"));

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token));

        Assert.Equal((ProviderFailure.RateLimited, TimeSpan.FromMinutes(10)), (failure.Failure, failure.RetryAfter));
    }

    [Fact]
    public async Task ListModels_Answer_TellsNamesAndEnds()
    {
        _server.Json("""{"data":[{"id":"gpt-image-2"},{"id":"gpt-image-1.5","shutdown_date":"2026-12-01"},{"id":"dall-e-3","shutdown_date":1778544000},{"object":"x"}]}""");

        var models = await TestAdapter.Over(_server).ListModelsAsync(TestAdapter.Credentials, Token);

        Assert.Equal([new("gpt-image-2", null), new("gpt-image-1.5", new DateOnly(2026, 12, 1)), new("dall-e-3", new DateOnly(2026, 5, 12))], models);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"id":"file-1","deleted":true}""")]
    [InlineData(HttpStatusCode.NotFound, """{"error":{"message":"No such File object"}}""")]
    public async Task DeleteFile_ThereOrNot_IsDone(HttpStatusCode status, string answer)
    {
        _server.Json(answer, status);

        await TestAdapter.Over(_server).DeleteFileAsync("file-1", TestAdapter.Credentials, Token);

        Assert.Equal("DELETE /v1/files/file-1", Assert.Single(_server.Calls).ToString());
    }

    [Fact]
    public async Task Retrieve_Batch_IsReadWhole()
    {
        _server.Json("""
            {"id":"batch_1","status":"failed","request_counts":{"total":10,"completed":4,"failed":-1},"created_at":1795000000,"expires_at":1795086400,"failed_at":1795000060,
             "input_file_id":"file-1","output_file_id":"","error_file_id":null,"metadata":{"bw_tag":"bw1-abc","n":7},
             "errors":{"object":"list","data":[{"code":"token_limit_exceeded","message":"Too many","param":"p","line":17}]}}
            """);

        var batch = await TestAdapter.Over(_server).RetrieveAsync("batch_1", TestAdapter.Credentials, Token);

        Assert.Equal(new BatchRequestCounts(10, 4, 0), batch.RequestCounts);
        Assert.Equal((null, null), (batch.OutputFileId, batch.ErrorFileId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795000060), batch.CompletedAt);
        Assert.Equal(new BatchError("token_limit_exceeded", "Too many", null, 17, "p"), Assert.Single(batch.Errors));
        Assert.Equal([new("bw_tag", "bw1-abc"), new("n", "7")], batch.Metadata);
        Assert.Equal("failed", batch.Raw.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Cancel_TooLate_TellsTheTrueEnd()
    {
        _server.Json("""{"error":{"message":"Cannot cancel a batch with status 'completed'."}}""", HttpStatusCode.Conflict).Json("""{"id":"batch_1","status":"completed"}""");

        var batch = await TestAdapter.Over(_server).CancelAsync("batch_1", TestAdapter.Credentials, Token);

        Assert.Equal(BatchStatus.Completed, batch.Status);
        Assert.Equal(["POST /v1/batches/batch_1/cancel", "GET /v1/batches/batch_1"], _server.Calls.Select(c => c.ToString()));
    }

    [Fact]
    public async Task Cancel_RefusedWhileItRuns_TellsTheRefusal()
    {
        _server.Json("""{"error":{"message":"Busy"}}""", HttpStatusCode.Conflict).Json("""{"id":"batch_1","status":"in_progress"}""");

        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await TestAdapter.Over(_server).CancelAsync("batch_1", TestAdapter.Credentials, Token));

        Assert.Equal(ProviderFailure.Conflict, failure.Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Cancel_AnswerWithoutABatch_IsAskedFor(string answer)
    {
        _server.Json(answer).Json("""{"id":"batch_1","status":"cancelling"}""");

        var batch = await TestAdapter.Over(_server).CancelAsync("batch_1", TestAdapter.Credentials, Token);

        Assert.Equal(BatchStatus.Cancelling, batch.Status);
    }

    [Fact]
    public async Task Upload_Body_IsWrittenWhileItIsSent()
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch([.. Enumerable.Range(0, 5000).Select(i => new ImageRequest { Prompt = $"prompt {i}" })]));
        using var all = new MemoryStream();

        await batch.WriteToAsync(all, Token);
        var lines = Encoding.UTF8.GetString(all.ToArray()).Split('\n');

        Assert.Equal(5001, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.Contains("\"custom_id\":\"request-4999\"", lines[^2], StringComparison.Ordinal);
    }
}
