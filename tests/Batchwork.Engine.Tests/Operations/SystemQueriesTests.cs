using Batchwork.Engine.Jobs;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Operations;

public sealed class SystemQueriesTests : IAsyncLifetime
{
    private static readonly Administrator s_admin = new("ana", "Ana");

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Read_NothingToDo_SaysSo()
    {
        var report = await ReadAsync();

        Assert.Equal((0, 0), (report.Queue.Parts, report.Queue.Due));
        Assert.Null(report.Queue.OldestDue);
        Assert.Null(report.Queue.NextCheck);
        Assert.Empty(report.Leases);
        Assert.Equal([0, 0, 0], report.Lanes.Select(l => l.Busy));
        Assert.Equal(3, report.Workers.Count);
        Assert.All(report.Workers, w => Assert.Null(w.LastAt));
        Assert.Equal((1, 8), (report.Epoch, report.InstanceId.Length));
        Assert.True(report.Storage.DatabaseBytes > 0);
        Assert.StartsWith("3.", report.Storage.SqliteVersion, StringComparison.Ordinal);
        Assert.Matches("^[0-9]{14}_", report.Storage.Schema);
    }

    [Fact]
    public async Task Read_PartsInSeveralStates_CountsThemAndWhatIsDue()
    {
        await _engine.AddJobAsync(rows: 6, parts: 3);
        await _engine.RunDueAsync();
        _engine.Time.Advance(TimeSpan.FromHours(1));
        var late = await _engine.AddJobAsync(rows: 2);

        var report = await ReadAsync();

        Assert.Equal(
            [new StateCount(PartState.Ready, 1, 1), new StateCount(PartState.AtProvider, 3, 3)],
            report.Queue.States);
        Assert.True(report.Queue.OldestDue < late.CreatedAt);
        Assert.Equal(3, report.Providers.Single(p => p.OpenParts == 3).OpenParts);
    }

    [Fact]
    public async Task Read_PartInWork_ShowsItsLease()
    {
        var job = await _engine.AddJobAsync();
        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        await _engine.Get<LeaseKeeper>().TryTakeAsync(part.Id, Token);

        var lease = Assert.Single((await ReadAsync()).Leases);

        Assert.Equal((part.Id, PartState.Ready, "OpenAI", 1L), (lease.PartId, lease.State, lease.Provider, lease.Fence));
        Assert.Equal(_engine.Time.GetUtcNow() + LeaseKeeper.Duration, lease.Until);
    }

    [Fact]
    public async Task Read_ConnectionThatRests_SaysSinceWhenAndHowManyJobsWait()
    {
        var job = await _engine.AddJobAsync();
        var now = _engine.Time.GetUtcNow();
        await using (var context = _engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.FailingSince, now).SetProperty(c => c.RestUntil, now.AddMinutes(2)).SetProperty(c => c.Failures, 5), Token);
        }

        var reach = (await ReadAsync()).Providers.Single(p => p.Label == "Studio");

        Assert.Equal(1, reach.Condition.WaitingJobs);
        Assert.StartsWith("OpenAI is not answering since", reach.Condition.Reason, StringComparison.Ordinal);
        Assert.Equal("Studio", reach.Workspace);
        Assert.NotEqual(Guid.Empty, job.Id);
    }

    [Fact]
    public async Task Read_RemovedConnection_IsNotListed()
    {
        await _engine.AddJobAsync();
        await using (var context = _engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, _engine.Time.GetUtcNow()), Token);
        }

        Assert.Empty((await ReadAsync()).Providers);
    }

    [Fact]
    public async Task Read_Pictures_AreSummedAgainAfterAMinute()
    {
        Assert.Equal(0, (await ReadAsync()).Storage.Pictures);
        await new JobBuilder(_engine).In(JobState.Done).Rows(3, RowState.Stored).SaveAsync(Token);
        Assert.Equal(0, (await ReadAsync()).Storage.Pictures);

        _engine.Time.Advance(TimeSpan.FromMinutes(1));

        var storage = (await ReadAsync()).Storage;
        Assert.Equal((3, 3 * 1_400_000), (storage.Pictures, storage.PictureBytes));
    }

    private Task<SystemReport> ReadAsync() => _engine.Get<SystemQueries>().ReadAsync(s_admin, Token);
}
