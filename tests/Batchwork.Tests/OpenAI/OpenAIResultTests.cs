using System.Text;
using Batchwork.Testing.Http;
using Batchwork.Tests.Streaming;

namespace Batchwork.Tests.OpenAI;

/// <summary>What is made of lines that the recordings do not have.</summary>
public sealed class OpenAIResultTests : IDisposable
{
    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(400, "moderation_blocked", "image_generation_user_error", ResultOutcome.Refused)]
    [InlineData(400, "content_policy_violation", "invalid_request_error", ResultOutcome.Refused)]
    [InlineData(400, "contentFilter", null, ResultOutcome.Refused)]
    [InlineData(400, null, "image_generation_user_error", ResultOutcome.Refused)]
    [InlineData(400, "invalid_size", "invalid_request_error", ResultOutcome.Invalid)]
    [InlineData(401, null, null, ResultOutcome.Invalid)]
    [InlineData(408, null, null, ResultOutcome.Transient)]
    [InlineData(429, "rate_limit_exceeded", null, ResultOutcome.Transient)]
    [InlineData(500, null, "server_error", ResultOutcome.Transient)]
    [InlineData(0, null, null, ResultOutcome.Transient)]
    [InlineData(200, "moderation_blocked", null, ResultOutcome.Refused)]
    public async Task Read_FailedRequest_TellsWhatItMeans(int status, string? code, string? type, ResultOutcome outcome)
    {
        var error = $$"""{"error":{"message":"m","type":{{Text(type)}},"code":{{Text(code)}} } }""";

        var result = await ReadAsync(ResultLines.Of("a", error, status.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal((outcome, BatchResultStatus.Errored, code, type), (result.Outcome, result.Status, result.Error?.Code, result.Error?.Type));
    }

    [Theory]
    [InlineData("batch_expired", ResultOutcome.Expired, BatchResultStatus.Expired)]
    [InlineData("batch_cancelled", ResultOutcome.Cancelled, BatchResultStatus.Canceled)]
    [InlineData("batch_canceled", ResultOutcome.Cancelled, BatchResultStatus.Canceled)]
    [InlineData("other", ResultOutcome.Transient, BatchResultStatus.Errored)]
    public async Task Read_RequestThatWasNeverMade_TellsWhy(string code, ResultOutcome outcome, BatchResultStatus status)
    {
        var error = $"{{\"code\":\"{code}\",\"message\":\"m\"}}";

        var result = await ReadAsync("{\"custom_id\":\"a\",\"response\":null,\"error\":" + error + "}");

        Assert.Equal((outcome, status, new BatchError(code, "m")), (result.Outcome, result.Status, result.Error));
    }

    [Fact]
    public async Task Read_SeveralPictures_KeepTheirPlacesAndTypes()
    {
        var entries = $$"""{"b64_json":"{{ResultLines.Png}}"},{"b64_json":"!!!"},{},{"url":"https://example.com/x.png"},{"url":"javascript:alert(1)"},{"b64_json":"PGh0bWw+"}""";

        var result = await ReadAsync(ResultLines.Of("a", $$"""{"data":[{{entries}}],"output_format":"webp"}""", "\"200\""));

        Assert.Equal(ResultOutcome.Succeeded, result.Outcome);
        Assert.Equal(
            [(0, "image/png", ImageProblem.None), (1, "image/webp", ImageProblem.Damaged), (3, "image/webp", ImageProblem.None), (5, "text/html", ImageProblem.NotAPicture)],
            result.Images.Select(i => (i.Index, i.MediaType!, i.Problem)));
        Assert.Equal("https://example.com/x.png", result.Images[2].Url?.ToString());
        Assert.All(result.Images, i => Assert.Equal("image/webp", i.AnnouncedMediaType));
    }

    [Fact]
    public async Task Read_WebPageInsteadOfAPicture_IsNoSuccess()
    {
        var result = await ReadAsync(ResultLines.Pictures("a", "PGh0bWw+"));

        Assert.Equal((ResultOutcome.Unreadable, "OpenAI sent text/html instead of a picture."), (result.Outcome, result.Error?.Message));
        Assert.Equal(6, Assert.Single(result.Images).Content?.Length);
    }

    [Fact]
    public async Task Read_Usage_IsToldWithItsDetails()
    {
        const string usage = """{"input_tokens":14,"output_tokens":439,"total_tokens":453,"input_tokens_details":{"text_tokens":10,"image_tokens":4},"output_tokens_details":{"image_tokens":430,"text_tokens":9}}""";

        var result = await ReadAsync(ResultLines.Of("a", $$"""{"data":[{"b64_json":"{{ResultLines.Png}}"}],"usage":""" + usage + "}"));

        Assert.Equal(
            new BatchUsage { InputTokens = 14, InputTextTokens = 10, InputImageTokens = 4, OutputTokens = 439, OutputImageTokens = 430, OutputTextTokens = 9, TotalTokens = 453 },
            result.Usage);
        var prices = TestAdapter.Over().Models.Single(m => m.Id == "gpt-image-2").TokenPrices!;
        Assert.Equal(6626, prices.CostMicroUsd(result.Usage!));
        Assert.Null(prices.CostMicroUsd(new BatchUsage { TotalTokens = 5 }));
    }

    [Fact]
    public async Task Read_Raw_HasNoPictures()
    {
        var result = await ReadAsync(ResultLines.Pictures("a", ResultLines.Png));

        Assert.DoesNotContain(ResultLines.Png, result.Raw!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("picture 0: 24 letters of base64", result.Raw!.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BrokenTexts_AreTexts()
    {
        var line = Encoding.UTF8.GetBytes("""{"custom_id":"half \ud83d","response":{"status_code":400,"body":{"error":{"message":"bad X"}}}}""");
        line[line.AsSpan().IndexOf("X"u8)] = 0xFF;

        var result = Assert.Single(await ReadAllAsync(line));

        Assert.Equal(("half \uFFFD", "bad \uFFFD"), (result.CustomId, result.Error?.Message));
    }

    [Fact]
    public async Task Read_UnreadableLine_TellsItsIdIfItCan()
    {
        var results = await ReadAllAsync("{\"id\":\"x\",\"custom_id\":\"a\",\"response\":{\"sta\n{\"x\":{\"custom_id\":\"inner\"},\"resp\n"u8.ToArray());

        Assert.Equal([("a", ResultOutcome.Unreadable), ("", ResultOutcome.Unreadable)], results.Select(r => (r.CustomId, r.Outcome)));
        Assert.All(results, r => Assert.Equal(System.Text.Json.JsonValueKind.String, r.Raw!.Value.ValueKind));
    }

    [Fact]
    public async Task Read_FromPlaces_ReadsOnlyWhatFollows()
    {
        _server
            .Reply(call => ScriptedHandler.Make(System.Net.HttpStatusCode.PartialContent, new ByteArrayContent("{\"custom_id\":\"b\",\"error\":\"x\"}\n"u8.ToArray()), ("Content-Range", "bytes 30-59/60")))
            .Bytes("{\"custom_id\":\"c\",\"error\":\"x\"}\n"u8.ToArray());
        var options = new ResultReadOptions { From = [new ResultPosition("output", "file-out", 30, 1), new ResultPosition("error", "file-other", 99, 9)] };

        var results = await ReadAllAsync(options, "file-out", "file-err");

        Assert.Equal(["b", "c"], results.Select(r => r.CustomId));
        Assert.Equal([new("output", "file-out", 60, 2), new("error", "file-err", 30, 1)], results.Select(r => r.Position));
        Assert.Equal("bytes=30-", _server.Calls[0].Headers["Range"]);
        Assert.False(_server.Calls[1].Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task Read_OneFileTwice_IsReadOnce()
    {
        _server.Bytes("{\"custom_id\":\"a\",\"error\":\"x\"}\n"u8.ToArray());

        Assert.Single(await ReadAllAsync(new ResultReadOptions(), "file-1", "file-1"));
    }

    [Fact]
    public async Task Read_OutputIsGone_ErrorsAreReadBeforeThatIsTold()
    {
        _server.Json("""{"error":{"message":"No such File object"}}""", System.Net.HttpStatusCode.NotFound).Bytes("{\"custom_id\":\"a\",\"error\":\"x\"}\n"u8.ToArray());
        var ids = new List<string>();

        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var result in Results(new ResultReadOptions(), "file-out", "file-err"))
            {
                ids.Add(result.CustomId);
            }
        });

        Assert.Equal(["a"], ids);
        Assert.Equal(ProviderFailure.NotFound, failure.Failure);
    }

    [Fact]
    public async Task Read_Pictures_AreDisposedWithTheirResultsOrDropped()
    {
        var sink = new CountingSink();
        _server.Bytes(Encoding.ASCII.GetBytes(
            ResultLines.Pictures("kept", ResultLines.Png, ResultLines.Png)
            + ResultLines.Pictures("error wins", ResultLines.Png).Replace("\"error\":null", "\"error\":{\"code\":\"x\"}", StringComparison.Ordinal)));

        var results = await ReadAllAsync(new ResultReadOptions { Sink = sink }, "file-1", null);

        Assert.Equal((3, 2), (sink.Completed, sink.Alive));
        await results[0].DisposeAsync();
        Assert.Equal(0, sink.Alive);
    }

    private async Task<BatchResult> ReadAsync(string line) => Assert.Single(await ReadAllAsync(Encoding.UTF8.GetBytes(line)));

    private Task<List<BatchResult>> ReadAllAsync(byte[] file)
    {
        _server.Bytes(file);
        return ReadAllAsync(new ResultReadOptions { FetchHosted = false }, "file-1", null);
    }

    private async Task<List<BatchResult>> ReadAllAsync(ResultReadOptions options, string? output, string? errors)
    {
        var all = new List<BatchResult>();
        await foreach (var result in Results(options, output, errors))
        {
            all.Add(result);
        }

        return all;
    }

    private IAsyncEnumerable<BatchResult> Results(ResultReadOptions options, string? output, string? errors)
    {
        var batch = new BatchSnapshot { Id = "batch_1", Provider = "openai", Status = BatchStatus.Completed, OutputFileId = output, ErrorFileId = errors };
        return TestAdapter.Over(_server).ReadResultsAsync(batch, options, TestAdapter.Credentials, Token);
    }

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";
}
