using System.Net;
using System.Text;
using Batchwork.Testing.Http;
using Batchwork.Tests.Streaming;

namespace Batchwork.Tests.Google;

/// <summary>Results of files and of inline batches, gathered again.</summary>
public sealed class GoogleResultTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUg==";

    private static readonly BatchSnapshot s_file = new() { Id = "batches/3a96", Provider = "google", Status = BatchStatus.Completed, OutputFileId = "files/batch-3a96" };
    private static readonly BatchSnapshot s_inline = new() { Id = "batches/3a96", Provider = "google", Status = BatchStatus.Completed };

    private readonly ScriptedHandler _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Read_File_IsDownloaded()
    {
        var results = await FileAsync(Line("a"), """{"key":"b","error":{"code":3,"message":"bad","status":"INVALID_ARGUMENT"}}""");

        Assert.Equal("GET /v1beta/files/batch-3a96:download?alt=media", Assert.Single(_server.Calls).ToString());
        Assert.Equal(["a", "b"], results.Select(r => r.CustomId));
        Assert.Equal(("image/png", 16L), (results[0].Images[0].MediaType, results[0].Images[0].Content!.Length));
        Assert.Equal((ResultOutcome.Invalid, new BatchError("3", "bad", "INVALID_ARGUMENT")), (results[1].Outcome, results[1].Error));
    }

    [Theory]
    [InlineData(1, ResultOutcome.Cancelled)]
    [InlineData(3, ResultOutcome.Invalid)]
    [InlineData(8, ResultOutcome.Transient)]
    [InlineData(14, ResultOutcome.Transient)]
    [InlineData(400, ResultOutcome.Invalid)]
    [InlineData(429, ResultOutcome.Transient)]
    [InlineData(503, ResultOutcome.Transient)]
    public async Task Read_ItemError_MeansThis(int code, ResultOutcome outcome) =>
        Assert.Equal(outcome, Assert.Single(await FileAsync($$$"""{"key":"a","error":{"code":{{{code}}},"message":"m"}}""")).Outcome);

    [Theory]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"}}""", ResultOutcome.Refused, "SAFETY")]
    [InlineData("""{"candidates":[{"finishReason":"IMAGE_SAFETY","finishMessage":"No."}]}""", ResultOutcome.Refused, "IMAGE_SAFETY")]
    [InlineData("""{"candidates":[{"finishReason":"RECITATION"}]}""", ResultOutcome.Refused, "RECITATION")]
    [InlineData("""{"candidates":[{"finishReason":"IMAGE_OTHER"}]}""", ResultOutcome.Transient, "IMAGE_OTHER")]
    [InlineData("""{"candidates":[{"finishReason":"MAX_TOKENS"}]}""", ResultOutcome.Transient, "MAX_TOKENS")]
    [InlineData("""{"candidates":[{"finishReason":"NO_IMAGE"}]}""", ResultOutcome.NoImage, "NO_IMAGE")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"I cannot."}]},"finishReason":"STOP"}]}""", ResultOutcome.NoImage, "no_image")]
    [InlineData("{}", ResultOutcome.NoImage, "no_image")]
    public async Task Read_NoPicture_SaysWhy(string response, ResultOutcome outcome, string code)
    {
        var result = Assert.Single(await FileAsync($$"""{"key":"a","response":{{response}}}"""));

        Assert.Equal((BatchResultStatus.Errored, outcome, code), (result.Status, result.Outcome, result.Error?.Code));
    }

    [Fact]
    public async Task Read_SeveralPictures_AreOneResultInAnyOrder()
    {
        var result = Assert.Single(await FileAsync(Line("a~3of3"), Line("a~1of3"), Line("a~2of3")));

        Assert.Equal(("a", ResultOutcome.Succeeded), (result.CustomId, result.Outcome));
        Assert.Equal([0, 1, 2], result.Images.Select(i => i.Index));
        Assert.Equal((24, 3360, 3384), (result.Usage!.InputTokens, result.Usage.OutputTokens, result.Usage.TotalTokens));
    }

    [Fact]
    public async Task Read_OnePictureRefused_IsPartial()
    {
        var result = Assert.Single(await FileAsync(Line("a~1of2"), """{"key":"a~2of2","response":{"promptFeedback":{"blockReason":"SAFETY"}}}"""));

        Assert.Equal((BatchResultStatus.Succeeded, ResultOutcome.Partial, "SAFETY"), (result.Status, result.Outcome, result.Error?.Code));
        Assert.Equal(0, Assert.Single(result.Images).Index);
    }

    [Fact]
    public async Task Read_PictureWithoutAnAnswer_IsPartialAtTheEnd()
    {
        var results = await FileAsync(Line("a~2of2"), Line("b"));

        Assert.Equal(["b", "a"], results.Select(r => r.CustomId));
        Assert.Equal((ResultOutcome.Partial, "missing_part", 1), (results[1].Outcome, results[1].Error?.Code, Assert.Single(results[1].Images).Index));
    }

    [Fact]
    public async Task Read_AllFailed_TellsWhatMayPass()
    {
        var result = Assert.Single(await FileAsync("""{"key":"a~1of2","response":{"promptFeedback":{"blockReason":"SAFETY"}}}""", """{"key":"a~2of2","error":{"code":14,"message":"busy"}}"""));

        Assert.Equal((BatchResultStatus.Errored, ResultOutcome.Transient, "busy"), (result.Status, result.Outcome, result.Error?.Message));
    }

    [Fact]
    public async Task Read_WhileAPictureIsWaitedFor_PositionsStayBeforeIt()
    {
        var results = await FileAsync(Line("x"), Line("a~1of2"), Line("b"), Line("a~2of2"), Line("c"));

        Assert.Equal(["x", "b", "a", "c"], results.Select(r => r.CustomId));
        Assert.Equal([1L, 1L, 4L, 5L], results.Select(r => r.Position.Line));
    }

    [Fact]
    public async Task Read_FromAPosition_GoesOnThere()
    {
        var file = Line("a") + "\n" + Line("b") + "\n";
        var at = Line("a").Length + 1;
        _server.Reply(call =>
        {
            Assert.Equal($"bytes={at}-", call.Headers["Range"]);
            var part = ScriptedHandler.Make(HttpStatusCode.PartialContent, new ByteArrayContent(Encoding.ASCII.GetBytes(file)[at..]));
            part.Content.Headers.ContentRange = new System.Net.Http.Headers.ContentRangeHeaderValue(at, file.Length - 1, file.Length);
            return part;
        });

        var results = await TestAdapter.ReadAsync(_server, s_file, new ResultReadOptions { From = [new ResultPosition("output", "files/batch-3a96", at, 1)] });

        Assert.Equal(("b", 2L), (Assert.Single(results).CustomId, results[0].Position.Line));
    }

    [Fact]
    public async Task Read_Inline_GoesOnAfterAPosition()
    {
        _server.Bytes(InlineDocument.Of("\"3\"", [InlineDocument.Picture("a"), InlineDocument.Picture("b"), InlineDocument.Picture("c")]));
        var sink = new CountingSink();

        var results = await TestAdapter.ReadAsync(_server, s_inline, new ResultReadOptions { Sink = sink, From = [new ResultPosition("inline", "batches/3a96", 2, 2)] });

        Assert.Equal("c", Assert.Single(results).CustomId);
        Assert.Equal(1, sink.Completed);
    }

    [Fact]
    public async Task Read_BrokenInlineItem_IsOneBadResult()
    {
        _server.Bytes(InlineDocument.Of("\"3\"", [InlineDocument.Picture("a"), """{"metadata":{"key":"b"},"response":{"candidates":[tru]}}""", InlineDocument.Picture("c")]));

        Assert.Equal([ResultOutcome.Succeeded, ResultOutcome.Unreadable, ResultOutcome.Succeeded], (await TestAdapter.ReadAsync(_server, s_inline)).Select(r => r.Outcome));
    }

    [Fact]
    public async Task Read_UnwantedPictures_AreDropped()
    {
        var sink = new CountingSink();
        _server.Bytes(Encoding.ASCII.GetBytes("""{"key":"a","response":{"candidates":[{"content":{"parts":[{"inlineData":{"data":"iVBORw0KGgo="},"thought":true},{"inlineData":{"data":"iVBORw0KGgo="}}]}}]}}"""));

        var result = Assert.Single(await TestAdapter.ReadAsync(_server, s_file, new ResultReadOptions { Sink = sink }));

        Assert.Single(result.Images);
        await result.DisposeAsync();
        Assert.Equal((2, 0), (sink.Completed, sink.Alive));
    }

    [Fact]
    public async Task Read_LongSignatures_DoNotCostThePicture()
    {
        var parts = string.Join(',', Enumerable.Repeat($$"""{"text":"t","thoughtSignature":"{{new string('s', 200_000)}}"}""", 12));
        _server.Bytes(Encoding.ASCII.GetBytes($$$"""{"key":"a","response":{"candidates":[{"content":{"parts":[{{{parts}}},{"inlineData":{"data":"{{{Png}}}"}}]}}]}}"""));

        Assert.Single(Assert.Single(await TestAdapter.ReadAsync(_server, s_file)).Images);
    }

    [Fact]
    public async Task Read_ExpiredInlineBatch_HasNothing()
    {
        _server.Json("""{"name":"batches/3a96","metadata":{"state":"BATCH_STATE_EXPIRED"},"done":true,"error":{"code":4,"message":"late"}}""");

        Assert.Empty(await TestAdapter.ReadAsync(_server, s_inline with { Status = BatchStatus.Expired }));
    }

    /// <summary>The whole document of 64 pictures of a megabyte, in a few megabytes of memory.</summary>
    [Fact]
    public async Task Read_LongDocument_TakesLittleMemory()
    {
        var document = InlineDocument.Of(pictures: 64, lettersEach: 1_000_000);
        _server.Reply(_ => ScriptedHandler.Make(HttpStatusCode.OK, new StreamContent(new MemoryStream(document))));
        var sink = new CountingSink();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        await foreach (var result in TestAdapter.Over(_server).ReadResultsAsync(s_inline, new ResultReadOptions { Sink = sink }, TestAdapter.Credentials, TestContext.Current.CancellationToken))
        {
            count += result.Images.Count;
            await result.DisposeAsync();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((64, 48_000_000L, 0), (count, sink.Bytes, sink.Alive));
        Assert.InRange(sink.LargestWrite, 1, 512 * 1024);
        Assert.InRange(allocated, 0, 8 * 1024 * 1024);
    }

    private static string Line(string key) => $$"""{"key":"{{key}}","response":{{InlineDocument.Response(Png)}}}""";

    private async Task<List<BatchResult>> FileAsync(params string[] lines)
    {
        _server.Bytes(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return await TestAdapter.ReadAsync(_server, s_file);
    }
}
