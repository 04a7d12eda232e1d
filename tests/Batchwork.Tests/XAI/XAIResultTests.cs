using Batchwork.Http;
using Batchwork.Testing.Http;
using static Batchwork.Tests.XAI.ResultPages;

namespace Batchwork.Tests.XAI;

/// <summary>What each answer means for the person who asked.</summary>
public sealed class XAIResultTests : IDisposable
{
    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("""{"batch_request_id":"a","error_message":"Generated image rejected by content moderation."}""", ResultOutcome.Refused, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":3,"message":"violates our usage guidelines"}}}""", ResultOutcome.Refused, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":3,"message":"invalid aspect_ratio"}}}""", ResultOutcome.Invalid, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":1,"message":"cancelled"}}}""", ResultOutcome.Cancelled, BatchResultStatus.Canceled)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":8,"message":"exhausted"}}}""", ResultOutcome.Transient, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":"422","message":"no"}}}""", ResultOutcome.Invalid, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":{"code":14}}}""", ResultOutcome.Transient, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"error":"boom"}}""", ResultOutcome.Transient, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":{"response":{}}}""", ResultOutcome.Unreadable, BatchResultStatus.Errored)]
    [InlineData("""{"batch_request_id":"a","batch_result":tru}""", ResultOutcome.Unreadable, BatchResultStatus.Errored)]
    public async Task Read_Failure_IsToldApart(string item, ResultOutcome outcome, BatchResultStatus status)
    {
        var result = await ReadAsync(item);

        Assert.Equal(("a", outcome, status), (result.CustomId, result.Outcome, result.Status));
        Assert.NotEmpty(result.Error!.Message);
        Assert.Empty(result.Images);
    }

    [Theory]
    [InlineData("""{"data":[]}""", ResultOutcome.Refused)]
    [InlineData("""{"data":[{"url":"","b64_json":null,"respect_moderation":false}]}""", ResultOutcome.Refused)]
    [InlineData("""{"data":[{"b64_json":"iVBORw0KGgo=","respect_moderation":false}]}""", ResultOutcome.Refused)]
    [InlineData("""{"respect_moderation":false}""", ResultOutcome.Refused)]
    [InlineData("""{"data":[{"url":"","b64_json":""}]}""", ResultOutcome.NoImage)]
    [InlineData("""{"created":1}""", ResultOutcome.NoImage)]
    [InlineData("""{"data":[{"url":"file:///etc/passwd"}]}""", ResultOutcome.NoImage)]
    [InlineData("""{"data":[{"b64_json":"%%%"}]}""", ResultOutcome.Unreadable)]
    [InlineData("""{"data":[{"b64_json":"PGh0bWw+PC9odG1sPg=="}]}""", ResultOutcome.Unreadable)]
    public async Task Read_SuccessWithoutAPicture_IsNone(string operation, ResultOutcome outcome)
    {
        var result = await ReadAsync(Answer("a", operation));

        Assert.Equal((outcome, BatchResultStatus.Errored), (result.Outcome, result.Status));
    }

    [Theory]
    [InlineData("""{"data":[{"b64_json":"PNG"},{"respect_moderation":false},{"b64_json":"PNG"}]}""", 0, 2)]
    [InlineData("""{"images":[{"base64":"PNG"}]}""", 0)]
    [InlineData("""{"data":{"b64_json":"PNG"}}""", 0)]
    [InlineData("""{"base64":"PNG"}""", 0)]
    [InlineData("""{"b64_json":"data:image/png;base64,PNG"}""", 0)]
    public async Task Read_Pictures_AreFoundWhereTheyAre(string operation, params int[] indexes)
    {
        var result = await ReadAsync(Answer("a", operation.Replace("PNG", Png, StringComparison.Ordinal)));

        Assert.Equal((ResultOutcome.Succeeded, BatchResultStatus.Succeeded), (result.Outcome, result.Status));
        Assert.Equal(indexes, result.Images.Select(i => i.Index));
        Assert.All(result.Images, i => Assert.Equal(("image/png", 16), (i.MediaType, i.Content!.Length)));
    }

    [Fact]
    public async Task Read_RefusedButCharged_HasItsPrice()
    {
        var result = await ReadAsync(Answer("a", """{"data":[],"usage":{"cost_in_usd_ticks":200000001}}"""));

        Assert.Equal(20_001, result.Usage?.CostMicroUsd);
        Assert.Null(result.Usage?.TotalTokens);
    }

    [Fact]
    public async Task Read_Result_KeepsTheAnswerWithoutThePictures()
    {
        var result = await ReadAsync(Picture("a"));

        Assert.StartsWith("picture 0:", result.Raw?.GetProperty("batch_result").GetProperty("response").GetProperty("image_generation").GetProperty("data")[0].GetProperty("b64_json").GetString());
    }

    [Fact]
    public async Task Read_MissingResults_SayWhatTheBatchSays()
    {
        _server.Json(Page(null)).Json("""{"batch_id":"batch_1","state":{"num_requests":2,"num_pending":2}}""");
        using var client = ImageBatchClient.Create(new BatchworkOptions().UseKey("xai", "key"), BatchTransport.Over(_server));

        var notReady = await Assert.ThrowsAsync<ResultsNotReadyException>(async () => await client.ReadResultsAsync("xai", "batch_1", cancellationToken: Token).ToListAsync(Token));

        Assert.Contains("2 of 2 pending", notReady.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RefusedBatch_SaysWhy()
    {
        _server.Json("""{"batch_id":"batch_1","cancel_by_xai_message":"JSONL file validation failed: Model X is not supported for batch processing","state":{"num_requests":0}}""").Json(Page(null));
        using var client = ImageBatchClient.Create(new BatchworkOptions().UseKey("xai", "key"), BatchTransport.Over(_server));
        var job = await client.GetBatchAsync("xai", "batch_1", cancellationToken: Token);

        var failed = await Assert.ThrowsAsync<BatchFailedException>(async () => await job.ReadResultsAsync(cancellationToken: Token).ToListAsync(Token));

        Assert.Contains("Model X is not supported", failed.Message, StringComparison.Ordinal);
    }

    private async Task<BatchResult> ReadAsync(string item)
    {
        _server.Json(Page(null, item));
        return Assert.Single(await TestAdapter.Over(_server).ReadResultsAsync(Batch(0, null), new ResultReadOptions(), TestAdapter.Credentials, Token).ToListAsync(Token));
    }
}
