using System.Diagnostics;
using System.Text;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class LargeJobTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_OfFiftyThousandRows_AreRightAtBothEnds()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine)
            .Rows(3_000, RowState.Stored)
            .Rows(5_000, RowState.Failed, outcome: ResultOutcome.Transient, code: "server_error", message: "Request req_0123456789ab failed.")
            .Rows(42_000, RowState.Waiting)
            .SaveAsync(Token);
        var queries = engine.Get<JobQueries>();

        var list = await TimedAsync("list", () => queries.ListAsync(engine.Owner, new JobFilter(), Token));
        var detail = await TimedAsync("detail", () => queries.GetAsync(engine.Owner, job, Token));
        var end = await TimedAsync("rows", () => queries.RowsAsync(engine.Owner, job, new RowFilter { Offset = 49_990, Count = 100 }, Token));
        var failed = await TimedAsync("failed rows", () => queries.RowsAsync(engine.Owner, job, new RowFilter { State = RowState.Failed, Offset = 4_999 }, Token));
        var found = await TimedAsync("search", () => queries.RowsAsync(engine.Owner, job, new RowFilter { Search = "sku-50000" }, Token));
        var problems = await TimedAsync("problems", () => queries.ProblemsAsync(engine.Owner, job, Token));

        Assert.True(Assert.Single(list.Items).Ledger.Adds);
        Assert.Equal((3_000, 5_000, 42_000), (detail!.Summary.Ledger.Stored, detail.Summary.Ledger.Failed, detail.Summary.Ledger.Sent));
        Assert.Equal(3_000, detail.Images);
        Assert.Equal((10, 50_001), (end.Items.Count, end.Items[^1].Number));
        Assert.Equal(8_001, Assert.Single(failed.Items).Number);
        Assert.Equal(49_999, Assert.Single(found.Items).Index);
        Assert.Equal(5_000, Assert.Single(problems.Causes).Rows);
    }

    /// <summary>Takes minutes, so it is run when asked for: <c>--explicit only --filter-method '*TwoHundredThousand*'</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Run_TwoHundredThousandRows_SendsEachOnceAndExplainsEach()
    {
        var provider = new FakeBatchAdapter { Results = (batch, _, _) => RefuseAllAsync(batch) };
        await using var engine = await Workers.StartEngineAsync(provider);
        var account = await engine.AddJobAsync(rows: 1);
        var sheet = new MemoryStream(Encoding.UTF8.GetBytes("prompt\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"A bicycle in variation {i}\n"))));
        var upload = await TimedAsync("upload", () => engine.Get<SheetService>().UploadAsync(engine.Owner, "large.csv", sheet, Token));
        var draft = (await TimedAsync("draft", () => engine.Get<DraftService>().CreateAsync(engine.Owner, upload.SheetId!.Value, Token)))!.Value;
        var view = (await engine.Get<DraftQueries>().GetAsync(engine.Owner, draft, Token))!;
        await engine.Get<DraftService>().UpdateSettingsAsync(
            engine.Owner, draft, view.Revision, view.Settings with { ConnectionId = account.ConnectionId, Model = "gpt-image-2", Size = "1024x1024" }, Token);
        var job = await TimedAsync("run", () => engine.Get<JobStarter>().RunAsync(engine.Owner, draft, Token));
        await TimedAsync("send", () => engine.RunDueAsync());
        foreach (var batch in provider.Accepted)
        {
            batch.Complete();
        }

        await TimedAsync("store", async () =>
        {
            await engine.RunToEndAsync();
            return true;
        });

        var parts = await engine.ReadPartsAsync(job);
        var ledger = (await engine.Get<JobQueries>().GetAsync(engine.Owner, job, Token))!.Summary.Ledger;
        Assert.Equal([50_000, 50_000, 50_000, 50_000], parts.Select(p => p.RequestCount));
        Assert.Equal((200_000, 200_000, true), (ledger.Requested, ledger.Refused, ledger.Adds));
        Assert.Equal(5, provider.Accepted.Count);
    }

    private static async IAsyncEnumerable<BatchResult> RefuseAllAsync(FakeBatch batch)
    {
        await Task.CompletedTask;
        for (var i = 0; i < batch.CustomIds.Count; i++)
        {
            yield return FakeResults.Error(batch.CustomIds[i], i + 1, ResultOutcome.Refused);
        }
    }

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> read)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await read();
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        return result;
    }
}
