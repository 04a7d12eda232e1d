using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class JobLedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OneRowInEachState_CountsEachAndAdds()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var builder = new JobBuilder(engine);
        foreach (var state in Enum.GetValues<RowState>())
        {
            builder.Rows(1, state, requested: 4, stored: state switch { RowState.Stored => 4, RowState.Partial => 3, _ => 0 });
        }

        var ledger = await ReadAsync(engine, await builder.SaveAsync(Token));

        Assert.All(Enum.GetValues<RowState>(), state => Assert.Equal(1, ledger.Of(state)));
        Assert.Equal((8, 8, true), (ledger.Requested, ledger.Accounted, ledger.Adds));
        Assert.Equal((32, 7), (ledger.RequestedImages, ledger.StoredImages));
        Assert.Equal((5, 87), (ledger.Problems, ledger.Percent));
    }

    [Fact]
    public async Task Read_ARowIsLost_DoesNotAdd()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).Rows(3, RowState.Stored).SaveAsync(Token);
        await using (var context = engine.CreateContext())
        {
            await context.JobRows.Where(r => r.JobId == job && r.Index == 1).ExecuteDeleteAsync(Token);
        }

        var ledger = await ReadAsync(engine, job);

        Assert.False(ledger.Adds);
        Assert.Equal(2, ledger.Accounted);
    }

    [Theory]
    [InlineData(100, 64, 0, 24)] // 64 done at the provider, 40 of them answered here
    [InlineData(100, 60, 8, 28)] // requests that failed there are done there as well
    [InlineData(400, 256, 0, 24)] // the provider counts four requests a row
    [InlineData(100, 20, 0, 0)] // its counter lags behind our rows
    [InlineData(100, 900, 0, 60)] // it counts more than there are
    [InlineData(0, 0, 0, 0)] // it has not counted yet
    public async Task Read_ProviderCounters_BoundDoneAtProvider(int total, int completed, int failed, int expected)
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine)
            .Rows(40, RowState.Stored)
            .Rows(60, RowState.Waiting)
            .Part(p => (p.ProviderTotal, p.ProviderCompleted, p.ProviderFailed) = (total, completed, failed))
            .SaveAsync(Token);

        var ledger = await ReadAsync(engine, job);

        Assert.Equal((60, 60, expected), (ledger.Waiting, ledger.Sent, ledger.DoneAtProvider));
    }

    [Fact]
    public async Task Read_PartWithoutABatch_CountsNothingAsSent()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).Rows(5, RowState.Waiting).Part(p => p.BatchId = null).SaveAsync(Token);

        Assert.Equal(0, (await ReadAsync(engine, job)).Sent);
    }

    [Theory]
    [InlineData(1000, 1, 99)]
    [InlineData(3, 1, 66)]
    [InlineData(3, 0, 100)]
    [InlineData(0, 0, 100)]
    public void Percent_WhileARowWaits_IsNotAHundred(int requested, int waiting, int expected) =>
        Assert.Equal(expected, new JobLedger { Requested = requested, Waiting = waiting, Stored = requested - waiting }.Percent);

    private static async Task<JobLedger> ReadAsync(TestEngine engine, Guid job)
    {
        await using var context = engine.CreateContext();
        return (await JobLedgerReader.ReadAsync(context, job, Token))!;
    }
}
