using System.Net;
using System.Text;
using Batchwork.Testing;
using Batchwork.Testing.Http;
using Batchwork.Tests.OpenAI;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Tests.Batches;

public sealed class BatchJobTests : IDisposable
{
    private readonly ScriptedHandler _server = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "batchwork-tests-" + Path.GetRandomFileName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Wait_UntilTheEnd_PollsAtOnceAndAfterEachInterval()
    {
        var time = new HurriedTimeProvider();
        var job = await JobAsync(time, Batch("validating"), Batch("validating"), Batch("in_progress"), Batch("completed"));
        var seen = new List<BatchStatus?>();

        var end = await job.WaitAsync(new BatchWaitOptions { Interval = TimeSpan.FromSeconds(20), OnPoll = s => seen.Add(s.Status) }, Token);

        Assert.Equal(BatchStatus.Completed, end.Status);
        Assert.Equal([BatchStatus.Validating, BatchStatus.InProgress, BatchStatus.Completed], seen);
        Assert.Equal([TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)], time.Skipped);
    }

    [Fact]
    public void Wait_Default_IsEveryFifteenSeconds() => Assert.Equal(TimeSpan.FromSeconds(15), new BatchWaitOptions().Interval);

    [Fact]
    public async Task Wait_ReadsFail_GoesOn()
    {
        var time = new HurriedTimeProvider();
        var job = await JobAsync(time, Batch("in_progress"));
        for (var i = 0; i < 12; i++)
        {
            _server.Json("{}", HttpStatusCode.ServiceUnavailable);
        }

        _server.Json(Batch("completed"));

        Assert.Equal(BatchStatus.Completed, (await job.WaitAsync(null, Token)).Status);
        Assert.Equal(2, time.Skipped.Count(w => w == TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Wait_KeyIsWithdrawn_Ends()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"));
        _server.Json("""{"error":{"message":"m"}}""", HttpStatusCode.Unauthorized);

        Assert.Equal(ProviderFailure.KeyRejected, (await Assert.ThrowsAsync<ProviderException>(() => job.WaitAsync(null, Token))).Failure);
    }

    [Fact]
    public async Task Wait_NeverAReading_IsGivenUp()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"));
        _server.Json("{}", HttpStatusCode.ServiceUnavailable);

        await Assert.ThrowsAsync<ProviderException>(() => job.WaitAsync(new BatchWaitOptions { MaxFailedPolls = 3 }, Token));
        Assert.Equal(1 + (3 * 5), _server.Calls.Count);
    }

    [Fact]
    public async Task Wait_WordThatIsNotKnown_KeepsTheStatusAndIsGivenUpInTheEnd()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("finalizing"), Batch("pondering"));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => job.WaitAsync(new BatchWaitOptions { MaxUnknownPolls = 4 }, Token));

        Assert.Equal((BatchStatus.Finalizing, "pondering"), (job.Status, job.Snapshot.RawStatus));
        Assert.Contains("'pondering' at 4 polls", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_Timeout_LeavesTheBatchAlone()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var job = await JobAsync(time, Batch("in_progress"));

        var waiting = job.WaitAsync(new BatchWaitOptions { Interval = TimeSpan.FromSeconds(15), Timeout = TimeSpan.FromSeconds(40) }, Token);
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Equal(BatchStatus.InProgress, job.Status);
    }

    [Fact]
    public async Task Wait_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.WaitAsync(new BatchWaitOptions { OnPoll = _ => cancel.Cancel() }, cancel.Token));
    }

    [Fact]
    public async Task Wait_NewBatchIsNotKnownYet_GoesOn()
    {
        _server.Json("""{"id":"file-1"}""").Json(Batch("validating")).Json("""{"error":{"message":"m"}}""", HttpStatusCode.NotFound).Json(Batch("completed"));
        var client = TestClient.Over(_server);
        var job = await client.SubmitAsync(new ImageBatch { Model = "openai/gpt-image-2", Requests = [new() { Prompt = "p" }] }, Token);

        Assert.Equal(BatchStatus.Completed, (await job.WaitAsync(null, Token)).Status);
    }

    [Fact]
    public async Task Cancel_Batch_PollsOnce()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"), Batch("cancelling"), Batch("cancelled"));

        Assert.Equal(BatchStatus.Cancelled, (await job.CancelAsync(Token)).Status);
        Assert.Equal(["GET /v1/batches/batch_1", "POST /v1/batches/batch_1/cancel", "GET /v1/batches/batch_1"], _server.Calls.Select(c => c.ToString()));
    }

    [Fact]
    public async Task ReadResults_BatchFailed_TellsWhy()
    {
        var job = await JobAsync(new HurriedTimeProvider(), """{"id":"batch_1","status":"failed","errors":{"data":[{"code":"c","message":"Too many.","line":3},{"code":"d","message":"m"}]}}""");

        var failed = await Assert.ThrowsAsync<BatchFailedException>(async () => await job.ReadResultsAsync(cancellationToken: Token).GetAsyncEnumerator(Token).MoveNextAsync());

        Assert.Equal("Batch batch_1 failed: Too many. (c, line 3) (and 1 more)", failed.Message);
    }

    [Fact]
    public async Task ReadResults_DoneWithoutFiles_IsNothing()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("completed"));

        await foreach (var result in job.ReadResultsAsync(cancellationToken: Token))
        {
            Assert.Fail("There is no result.");
        }
    }

    [Fact]
    public async Task Collect_Batch_WaitsAndReadsAll()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"), Done);
        _server.Bytes(Lines("a", "b"));

        await using var results = await job.CollectAsync(cancellationToken: Token);

        Assert.Equal(["a", "b"], results.Select(r => r.CustomId));
        Assert.Equal(ResultLines.Png, await results[1].Images[0].ToBase64Async(cancellationToken: Token));
    }

    [Fact]
    public async Task SaveAll_Batch_WritesSafelyNamedFiles()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Batch("in_progress"), Done);
        _server.Bytes(
        [
            .. Lines("../../etc/passwd", "a", "a", "CON", "", "größe/Ⅱ", new string('x', 500)),
            .. Encoding.UTF8.GetBytes(ResultLines.Pictures("two", ResultLines.Png, "PGh0bWw+")),
            .. "{\"custom_id\":\"bad\",\"error\":\"x\"}\n"u8,
        ]);

        var saved = await job.SaveAllAsync(_folder, cancellationToken: Token);

        Assert.Equal(
            ["etc_passwd.png", "a.png", "a (2).png", "_CON.png", "image.png", "größe.png", new string('x', 100) + ".png", "two.png", "two-2.bin"],
            saved.SelectMany(s => s.Files).Select(f => Path.GetFileName(f)));
        Assert.Equal(9, Directory.GetFiles(_folder).Length);
        Assert.Empty(saved[^1].Files);
        Assert.Equal(Convert.FromBase64String(ResultLines.Png), await File.ReadAllBytesAsync(saved[0].Files[0], Token));
    }

    [Fact]
    public async Task SaveAll_LargePictures_AreMovedToTheirNames()
    {
        var job = await JobAsync(new HurriedTimeProvider(), Done, Done);
        var large = new byte[1_000_000];
        Convert.FromBase64String(ResultLines.Png).CopyTo(large, 0);
        _server.Bytes(Encoding.UTF8.GetBytes(ResultLines.Pictures("large", Convert.ToBase64String(large))));

        var saved = await job.SaveAllAsync(_folder, cancellationToken: Token);

        Assert.Equal([Path.Combine(_folder, "large.png")], Directory.GetFiles(_folder));
        Assert.Equal(large, await File.ReadAllBytesAsync(saved[0].Files[0], Token));
    }

    private const string Done = """{"id":"batch_1","status":"completed","output_file_id":"file-out"}""";

    private static string Batch(string status) => $$"""{"id":"batch_1","status":"{{status}}"}""";

    private static byte[] Lines(params string[] ids) =>
        Encoding.UTF8.GetBytes(string.Concat(ids.Select(id => ResultLines.Pictures(id, ResultLines.Png))));

    private async Task<BatchJob> JobAsync(TimeProvider time, params string[] answers)
    {
        foreach (var answer in answers)
        {
            _server.Json(answer);
        }

        return await TestClient.Over(_server, time: time).GetBatchAsync("openai", "batch_1", cancellationToken: Token);
    }
}
