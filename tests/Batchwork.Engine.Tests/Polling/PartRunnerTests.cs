using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;

namespace Batchwork.Engine.Tests.Polling;

public sealed class PartRunnerTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Poll_UnknownStatus_KeepsTheLastKnownOneAndShowsTheWord()
    {
        var job = await RunningJobAsync();
        _provider.Accepted[0].Status = null;
        _provider.Accepted[0].RawStatus = "paused";

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((BatchStatus.InProgress, "paused"), (part.ProviderStatus, part.RawStatus));
        Assert.Contains("“paused”", part.Reason, StringComparison.Ordinal);
        Assert.NotNull(part.NextCheckAt);
    }

    [Fact]
    public async Task Poll_StatusGoesBackwards_NeverFollows()
    {
        var job = await RunningJobAsync();
        _provider.Accepted[0].Status = BatchStatus.Validating;

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        Assert.Equal(BatchStatus.InProgress, Assert.Single(await _engine.ReadPartsAsync(job.Id)).ProviderStatus);
        Assert.Equal(JobState.Running, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Poll_FileIdTakenBack_IsKept()
    {
        var job = await RunningJobAsync();
        _provider.Accepted[0].OutputFileId = "file-out";
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        _provider.Accepted[0].OutputFileId = null;

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        Assert.Equal("file-out", Assert.Single(await _engine.ReadPartsAsync(job.Id)).OutputFileId);
    }

    [Fact]
    public async Task Poll_ProviderIsAway_TriesAgainAndSaysSo()
    {
        var job = await RunningJobAsync();
        _provider.FailRetrieve = new ProviderException("openai", ProviderFailure.Unavailable, "503");

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        Assert.Contains("is not answering", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(6));

        Assert.Equal("OpenAI is working on it.", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task Poll_UnknownBatchAgainAndAgain_AsksAPersonAndNeverFailsIt()
    {
        var job = await RunningJobAsync();
        for (var i = 0; i < 10; i++)
        {
            _provider.FailRetrieve = new ProviderException("openai", ProviderFailure.NotFound, "No batch found.");
            await _engine.RunDueInAsync(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(PartState.Held, Assert.Single(await _engine.ReadPartsAsync(job.Id)).State);
        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal(RowState.Waiting, r.State));
    }

    [Fact]
    public async Task TryTake_TwoWorkers_OnlyOneGetsThePart()
    {
        var job = await _engine.AddJobAsync();
        var partId = Assert.Single(await _engine.ReadPartsAsync(job.Id)).Id;
        var leases = _engine.Get<LeaseKeeper>();

        Assert.NotNull(await leases.TryTakeAsync(partId, TestContext.Current.CancellationToken));
        Assert.Null(await leases.TryTakeAsync(partId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_AfterTheLeaseWasTakenOver_WritesNothing()
    {
        var job = await _engine.AddJobAsync();
        var partId = Assert.Single(await _engine.ReadPartsAsync(job.Id)).Id;
        var leases = _engine.Get<LeaseKeeper>();
        var frozen = await leases.TryTakeAsync(partId, TestContext.Current.CancellationToken);
        _engine.Time.Advance(LeaseKeeper.Duration + TimeSpan.FromSeconds(1));
        Assert.NotNull(await leases.TryTakeAsync(partId, TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<LeaseLostException>(() => _engine.Get<PartWriter>().WriteAsync(frozen!, work => work.Part.Reason = "late", TestContext.Current.CancellationToken));

        Assert.False(await leases.RenewAsync(frozen!, TestContext.Current.CancellationToken));
        Assert.NotEqual("late", Assert.Single(await _engine.ReadPartsAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task Run_AtItsEnd_GivesThePartBack()
    {
        var job = await RunningJobAsync();

        Assert.Null(Assert.Single(await _engine.ReadPartsAsync(job.Id)).LeaseOwner);
    }

    [Theory]
    [InlineData(1, 13.5, 16.5)]
    [InlineData(10, 54, 66)]
    [InlineData(60, 270, 330)]
    public void NextPoll_ByAge_GrowsFromSecondsToMinutes(int ageMinutes, double atLeast, double atMost) =>
        Assert.InRange(PollSchedule.NextPoll(TimeSpan.FromMinutes(ageMinutes), isDemo: false).TotalSeconds, atLeast, atMost);

    [Fact]
    public void NextPoll_Demo_IsASecond() => Assert.Equal(TimeSpan.FromSeconds(1), PollSchedule.NextPoll(TimeSpan.FromHours(1), isDemo: true));

    private async Task<Job> RunningJobAsync()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.InProgress;
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        return job;
    }
}
