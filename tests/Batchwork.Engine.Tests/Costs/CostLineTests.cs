using System.Runtime.CompilerServices;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Costs;

public sealed class CostLineTests : IAsyncLifetime
{
    private const long Price = 40_000;

    private static readonly BatchUsage s_usage = new() { CostMicroUsd = Price };

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Collect_EveryKindOfAnswer_IsChargedUnknownOrFree()
    {
        var job = await StartAsync(5, async sink =>
        [
            (await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(s_usage),
            await FakeResults.PicturesAsync("row-1", 2, sink, FakeResults.Png(2)),
            FakeResults.Error("row-2", 1, ResultOutcome.Refused).Using(s_usage),
            FakeResults.Error("row-3", 2, ResultOutcome.Transient),
        ]);
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();

        // row-4 was never answered although the provider says that it is done: it may have been charged.
        var rows = await RowsAsync(job);
        Assert.Equal(
            [("row-0", Price, CostBasis.Reported), ("row-1", null, CostBasis.Unknown), ("row-2", Price, CostBasis.Reported), ("row-4", (long?)null, CostBasis.Unknown)],
            rows.Select(r => (r.CustomId, r.MicroUsd, r.Basis)));
        Assert.All(rows, r => Assert.Equal(30_000, r.EstimateMicroUsd));
        var costs = await CostsAsync(job);
        Assert.Equal((4, 2 * Price, 2, 20_000L, 0L), (costs.Charged.Rows, costs.Charged.MicroUsd, costs.Charged.UnknownRows, costs.Charged.DifferenceMicroUsd!.Value, costs.HeldMicroUsd));
    }

    [Fact]
    public async Task Collect_BrokenOffAndReadAgain_HasOneLineARow()
    {
        var reads = 0;
        _provider.Results = (_, options, token) => Read(options, token);
        var job = await AddAsync(120);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        await _engine.Get<PartService>().CollectAgainAsync(_engine.Owner, (await _engine.ReadPartsAsync(job.Id))[0].Id, Token);
        await _engine.RunToEndAsync();

        var costs = await CostsAsync(job);
        Assert.Equal((120, 120 * Price, 0), (costs.Charged.Rows, costs.Charged.MicroUsd, costs.Charged.UnknownRows));

        async IAsyncEnumerable<BatchResult> Read(ResultReadOptions options, [EnumeratorCancellation] CancellationToken token)
        {
            reads++;
            var png = FakeResults.Png(7);
            for (var line = 1 + (options.From.Count == 0 ? 0 : (int)options.From[0].Line); line <= 120; line++)
            {
                token.ThrowIfCancellationRequested();
                if (reads == 1 && line == 100)
                {
                    throw new ProviderException("openai", ProviderFailure.Connection, "Reset.");
                }

                yield return (await FakeResults.PicturesAsync($"row-{line - 1}", line, options.Sink!, png)).Using(s_usage);
            }
        }
    }

    [Fact]
    public async Task Collect_TokensOfAJob_ArePricedAsWhenItWasStarted()
    {
        var job = await StartAsync(1, async sink => [(await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(new BatchUsage { InputTokens = 10, OutputTokens = 439 })]);
        var prices = new TokenPrices(2_500_000, 4_000_000, 15_000_000, "Price list", new DateOnly(2026, 11, 20));
        await using (var context = _engine.CreateContext())
        {
            await context.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.TokenPrices, prices), Token);
        }

        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();

        Assert.Equal((6_610L, CostBasis.Tokens), (await RowsAsync(job)).Select(r => (r.MicroUsd!.Value, r.Basis)).Single());
        Assert.Equal(prices, (await CostsAsync(job)).Prices);
    }

    [Theory]
    [InlineData(BatchStatus.Expired)]
    [InlineData(BatchStatus.Cancelled)]
    public async Task Collect_APartThatStoppedEarly_ChargesWhatWasDoneAndReleasesTheRest(BatchStatus end)
    {
        var job = await StartAsync(3, async sink => [(await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(s_usage)]);
        Assert.Equal(90_000, (await CostsAsync(job)).HeldMicroUsd);
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = end;
        await _engine.RunToEndAsync();

        var costs = await CostsAsync(job);
        Assert.Equal((1, Price, 0, 0L, true), (costs.Charged.Rows, costs.Charged.MicroUsd, costs.Charged.UnknownRows, costs.HeldMicroUsd, costs.IsSettled));
    }

    [Fact]
    public async Task Retry_OfARowThatWasCharged_IsChargedOnceMore()
    {
        var job = await StartAsync(1, _ => Task.FromResult<IReadOnlyList<BatchResult>>([FakeResults.Error("row-0", 1, ResultOutcome.Transient).Using(s_usage)]));
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        Assert.Equal(1, await _engine.Get<JobService>().RetryFailedAsync(_engine.Owner, job.Id, Token));
        Assert.Equal(30_000, (await CostsAsync(job)).HeldMicroUsd);
        await _engine.RunDueAsync();
        _provider.Accepted[1].Complete();
        await _engine.RunToEndAsync();

        Assert.Equal([1, 2], (await RowsAsync(job)).Select(r => r.TryNumber));
        Assert.Equal(2 * Price, (await CostsAsync(job)).Charged.MicroUsd);
    }

    [Fact]
    public async Task Collect_OfTheDemo_CostsNothing()
    {
        var job = await _engine.AddJobAsync(1, isDemo: true);
        _provider.Results = (_, options, token) => Yield(async sink => [(await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(s_usage)], options, token);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();

        var costs = await CostsAsync(job);
        Assert.Equal((true, 0, 0L), (costs.IsDemo, costs.Charged.Rows, costs.HeldMicroUsd));
    }

    [Fact]
    public async Task Purge_OfAJob_KeepsItsCostsAndItsName()
    {
        var job = await StartAsync(2, async sink =>
        [
            (await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(s_usage),
            (await FakeResults.PicturesAsync("row-1", 2, sink, FakeResults.Png(2))).Using(s_usage),
        ]);
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        await _engine.Get<JobService>().DeleteAsync(_engine.Owner, job.Id, Token);
        var month = BillingMonth.Of(_engine.Time.GetUtcNow());
        _engine.Time.Advance(TimeSpan.FromHours(25));
        await _engine.Get<Purger>().PurgeAsync(Token);

        Assert.Null(await _engine.Get<CostQueries>().JobAsync(_engine.Owner, job.Id, Token));
        var overview = await _engine.Get<CostQueries>().MonthAsync(_engine.Owner, month, Token);
        var share = Assert.Single(overview.Jobs);
        Assert.Equal(("Spring catalogue", 2 * Price, false), (share.Name, share.Sum.MicroUsd, share.Exists));
        Assert.Equal("Ana", Assert.Single(overview.Members).Name);
    }

    [Fact]
    public async Task Month_OfAnotherWorkspace_ShowsNothing()
    {
        var job = await StartAsync(1, async sink => [(await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))).Using(s_usage)]);
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        var stranger = await _engine.AddStrangerAsync(Token);
        var queries = _engine.Get<CostQueries>();

        Assert.Null(await queries.JobAsync(stranger, job.Id, Token));
        Assert.Empty((await queries.RowsAsync(stranger, job.Id, 0, 100, Token)).Items);
        Assert.Equal(0, (await queries.MonthAsync(stranger, null, Token)).Sum.Rows);
    }

    [Fact]
    public async Task Export_NamesThatAreFormulas_AreTextAndUnknownIsEmpty()
    {
        var job = await StartAsync(1, async sink => [await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))]);
        await _engine.Get<JobService>().RenameAsync(_engine.Owner, job.Id, "=HYPERLINK(1),x", Token);
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        var export = _engine.Get<CostExport>();
        var month = BillingMonth.Of(_engine.Time.GetUtcNow());

        var jobs = await export.JobsAsync(_engine.Owner, month, Token).ToListAsync(Token);
        var rows = await export.RowsAsync(_engine.Owner, month, Token).ToListAsync(Token);

        Assert.Equal($"{month},\"'=HYPERLINK(1),x\",1,1,,,,,0.000000\r\n", jobs[1]);
        Assert.Equal($"{_engine.Time.GetUtcNow():yyyy-MM-dd},\"'=HYPERLINK(1),x\",Ana,2,row-0,1,,0.030000,,unknown\r\n", rows[1]);
    }

    private async Task<Job> StartAsync(int rows, Func<IImageSink, Task<IReadOnlyList<BatchResult>>> results)
    {
        _provider.Results = (_, options, token) => Yield(results, options, token);
        var job = await AddAsync(rows);
        await _engine.RunDueAsync();
        return job;
    }

    private async Task<Job> AddAsync(int rows)
    {
        var job = await _engine.AddJobAsync(rows);
        await using var context = _engine.CreateContext();
        await context.JobRows.ExecuteUpdateAsync(set => set.SetProperty(r => r.EstimateMicroUsd, 30_000L), Token);
        return job;
    }

    private async Task<JobCosts> CostsAsync(Job job) => (await _engine.Get<CostQueries>().JobAsync(_engine.Owner, job.Id, Token))!;

    private async Task<IReadOnlyList<RowCost>> RowsAsync(Job job) => (await _engine.Get<CostQueries>().RowsAsync(_engine.Owner, job.Id, 0, 500, Token)).Items;

    private static async IAsyncEnumerable<BatchResult> Yield(
        Func<IImageSink, Task<IReadOnlyList<BatchResult>>> results, ResultReadOptions options, [EnumeratorCancellation] CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        foreach (var result in await results(options.Sink!))
        {
            yield return result;
        }
    }
}
