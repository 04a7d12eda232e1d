using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Collection;

/// <summary>Where results can be read while a batch runs, and their links go stale, they are stored while it runs.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _provider.Capabilities = _provider.Capabilities with { ResultsWhileRunning = true };
        _engine = await Workers.StartEngineAsync(_provider);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Poll_SomeAreDone_StoresThemWhileTheRestRuns()
    {
        var job = await RunningAsync(rows: 3, done: 2);

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((PartState.AtProvider, BatchStatus.InProgress), (part.State, part.ProviderStatus));
        Assert.Equal([RowState.Stored, RowState.Stored, RowState.Waiting], (await _engine.ReadRowsAsync(job.Id)).Select(r => r.State));
        Assert.Equal(JobState.Running, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Poll_NothingNew_ReadsNothing()
    {
        await RunningAsync(rows: 3, done: 2);
        var before = _provider.Calls.Count(c => c == "results");

        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(before, _provider.Calls.Count(c => c == "results"));
    }

    [Fact]
    public async Task End_ReadFromTheStartAgain_KeepsNothingTwice()
    {
        var job = await RunningAsync(rows: 3, done: 2);
        _provider.Results = (_, options, _) => FirstAsync(3, options);
        _provider.Accepted[0].Status = BatchStatus.Completed;

        await _engine.RunToEndAsync();

        await using var context = _engine.CreateContext();
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Equal(3, await context.StoredImages.CountAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await context.UnmatchedResults.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SecondAnswer_WithOtherBytes_IsKeptAsExtra()
    {
        await RunningAsync(rows: 2, done: 1);
        _provider.Results = (_, options, _) => OtherAsync(options);
        _provider.Accepted[0].Status = BatchStatus.Completed;

        await _engine.RunToEndAsync();

        await using var context = _engine.CreateContext();
        Assert.Equal(UnmatchedKind.Extra, (await context.UnmatchedResults.SingleAsync(TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task Due_LinksThatGoStale_HaveALaneWithTheEarliestDeadlineFirst()
    {
        var ids = new List<Guid>();
        foreach (var minutes in new int?[] { 50, null, 20 })
        {
            var part = Assert.Single(await _engine.ReadPartsAsync((await _engine.AddJobAsync()).Id));
            await using var context = _engine.CreateContext();
            var by = minutes is { } m ? _engine.Time.GetUtcNow().AddMinutes(m) : (DateTimeOffset?)null;
            await context.JobParts.Where(p => p.Id == part.Id).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.State, PartState.Collecting).SetProperty(p => p.CollectBy, by),
                TestContext.Current.CancellationToken);
            ids.Add(part.Id);
        }

        Assert.Equal([ids[2], ids[0]], (await _engine.DueAsync(PartLane.Expiring)).Select(p => p.Id));
        Assert.Equal([ids[1]], (await _engine.DueAsync(PartLane.Storing)).Select(p => p.Id));
    }

    [Fact]
    public async Task Poll_FirstResults_AreDueBeforeTheirLinksGoStale()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        await _engine.RunDueAsync();
        var accepted = _engine.Time.GetUtcNow();
        Set(1, 2);
        _engine.Time.Advance(TimeSpan.FromSeconds(17));
        var lease = await _engine.Get<LeaseKeeper>().TryTakeAsync((await _engine.DueAsync(PartLane.Moving))[0].Id, TestContext.Current.CancellationToken);
        await _engine.Get<PartRunner>().RunAsync(lease!, TestContext.Current.CancellationToken);

        Assert.Equal(accepted + TimeSpan.FromHours(1), Assert.Single(await _engine.ReadPartsAsync(job.Id)).CollectBy);
    }

    private async Task<Job> RunningAsync(int rows, int done)
    {
        var job = await _engine.AddJobAsync(rows);
        await _engine.RunDueAsync();
        _provider.Results = (_, options, _) => FirstAsync(done, options);
        Set(done, rows);
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        return job;
    }

    private void Set(int done, int rows)
    {
        _provider.Accepted[0].Status = BatchStatus.InProgress;
        _provider.Accepted[0].Counts = new BatchRequestCounts(rows, done, 0);
    }

    private static async IAsyncEnumerable<BatchResult> FirstAsync(int count, ResultReadOptions options)
    {
        for (var i = 0; i < count; i++)
        {
            yield return await FakeResults.PicturesAsync($"row-{i}", i + 1, options.Sink!, FakeResults.Png(i));
        }
    }

    private static async IAsyncEnumerable<BatchResult> OtherAsync(ResultReadOptions options)
    {
        yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(99));
        yield return await FakeResults.PicturesAsync("row-1", 2, options.Sink!, FakeResults.Png(1));
    }
}
