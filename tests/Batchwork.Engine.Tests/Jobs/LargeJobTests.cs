using System.Diagnostics;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

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

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> read)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await read();
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        return result;
    }
}
