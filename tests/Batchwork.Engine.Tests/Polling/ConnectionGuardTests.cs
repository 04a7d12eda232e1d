using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Polling;

/// <summary>What one connection's trouble means for its jobs, and what it does not mean for those of others.</summary>
public sealed class ConnectionGuardTests : IAsyncLifetime
{
    private static readonly ProviderException s_away = new("openai", ProviderFailure.Unavailable, "503");

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeyRejected_OneConnection_OtherConnectionsGoOn()
    {
        var broken = await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.KeyRejected, "Incorrect API key.");
        await _engine.RunDueAsync();
        var well = await _engine.AddJobAsync();

        await _engine.RunDueInAsync(TimeSpan.FromHours(1));

        Assert.Equal(JobState.NeedsYou, (await _engine.ReadJobAsync(broken.Id)).State);
        Assert.Equal(PartState.AtProvider, Assert.Single(await _engine.ReadPartsAsync(well.Id)).State);
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task KeyRejected_OtherJobsOfTheConnection_SayWhyTheyWait()
    {
        var first = await _engine.AddJobAsync();
        var second = await _engine.AddJobAsync(over: first);
        await SetPartAsync(second, part => part.NextCheckAt = _engine.Time.GetUtcNow().AddMinutes(10));
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.KeyRejected, "Incorrect API key.");

        await _engine.RunDueAsync();

        var waiting = await _engine.ReadJobAsync(second.Id);
        Assert.Equal(JobState.NeedsYou, waiting.State);
        Assert.StartsWith("Your OpenAI key no longer works.", waiting.Reason, StringComparison.Ordinal);
        var condition = Assert.Single(await _engine.Get<ConnectionQueries>().ListAsync(_engine.Owner, Token), c => c.Id == first.ConnectionId).Condition;
        Assert.Equal((ConnectionPause.KeyRejected, "Replace the key.", 2), (condition.Pause, condition.NextStep, condition.WaitingJobs));
    }

    [Fact]
    public async Task Resume_PausedConnection_GoesOnAtOnce()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.KeyRejected, "Incorrect API key.");
        await _engine.RunDueAsync();
        _engine.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(await _engine.Get<ConnectionUse>().ResumeAsync(_engine.Owner, job.ConnectionId, Token));
        await _engine.RunDueAsync();

        Assert.Single(_provider.Accepted);
        Assert.Equal(ConnectionCondition.Well, (await ConditionAsync(job)));
        Assert.False(await _engine.Get<ConnectionUse>().ResumeAsync(_engine.Owner, job.ConnectionId, Token));
    }

    [Fact]
    public async Task OutOfCredit_WhatIsAtTheProvider_IsStillCollected()
    {
        var paid = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        var unsent = await _engine.AddJobAsync(over: paid);
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.OutOfCredit, "You exceeded your current quota.");
        await _engine.RunDueAsync();
        _provider.Results = (_, options, _) => OnePictureAsync(options);
        _provider.Accepted[0].Complete();

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(paid.Id)).State);
        Assert.StartsWith("Your OpenAI account is out of credit.", (await _engine.ReadJobAsync(unsent.Id)).Reason, StringComparison.Ordinal);
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Forbidden_OnCreate_HoldsThisJobOnly()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.Forbidden, "403") { Error = new BatchError(null, "Your organisation must be verified.") };

        await _engine.RunDueAsync();

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((PartState.Held, "This key may not use gpt-image-2. OpenAI says: Your organisation must be verified."), (part.State, part.Reason));
        Assert.Equal(ConnectionPause.None, (await ConditionAsync(job)).Pause);
    }

    [Fact]
    public async Task NoAnswer_FiveTimes_RestsTheConnectionThenOnePartTries()
    {
        var job = await _engine.AddJobAsync();
        var other = await _engine.AddJobAsync(over: job);
        await _engine.RunDueAsync();
        for (var i = 0; i < ConnectionHealth.FailuresToRest; i++)
        {
            await FailPollAsync(job);
        }

        await SetPartAsync(other, part => part.NextCheckAt = _engine.Time.GetUtcNow());
        Assert.Empty(await _engine.DueAsync(PartLane.Moving));

        _engine.Time.Advance(TimeSpan.FromMinutes(6));
        var due = await _engine.DueAsync(PartLane.Moving);
        Assert.Equal(2, due.Count);
        Assert.All(due, part => Assert.True(part.IsTrial));
        await _engine.RunDueAsync();

        Assert.Equal(ConnectionCondition.Well, await ConditionAsync(job));
    }

    [Fact]
    public async Task NoAnswer_ForHalfAnHour_SaysSinceWhen()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        await FailPollAsync(job);
        _engine.Time.Advance(TimeSpan.FromMinutes(31));
        await FailPollAsync(job);

        Assert.Equal("OpenAI is not answering since 09:00 UTC. Nothing is lost; trying again.", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task Dispatch_ManyPartsOfOneKey_AsksTwiceASecondAndLeavesPlacesForOthers()
    {
        var job = await _engine.AddJobAsync(rows: 8, parts: 8);
        var other = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        await SetPartsDueAsync();
        _provider.Calls.Clear();

        await DispatchAsync();

        var polled = await PolledAsync();
        Assert.Equal(2, polled.Count(p => p == job.Id));
        Assert.Equal(1, polled.Count(p => p == other.Id));

        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        await DispatchAsync();

        Assert.Equal(4, (await PolledAsync()).Count(p => p == job.Id));
    }

    [Fact]
    public async Task Disk_NearlyFull_NothingIsSentUntilThereIsRoom()
    {
        var job = await _engine.AddJobAsync();
        var disk = _engine.Get<FakeDiskSpace>();
        disk.Room = new DiskRoom(3 * FakeDiskSpace.Gibibyte / 2, 40 * FakeDiskSpace.Gibibyte);

        await _engine.RunDueAsync();
        Assert.Empty(_provider.Calls);
        Assert.StartsWith("The disk of the data folder is nearly full: 1.5 GiB are free, 2 GiB are needed", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);

        disk.Room = new DiskRoom(3 * FakeDiskSpace.Gibibyte, 40 * FakeDiskSpace.Gibibyte);
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));
        Assert.Single(_provider.Accepted);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(100, 5)]
    [InlineData(1000, 20)]
    public void Disk_Needed_IsFivePercentWithinBounds(long total, long needed) =>
        Assert.Equal(needed * FakeDiskSpace.Gibibyte, new DiskRoom(0, total * FakeDiskSpace.Gibibyte).Needed);

    private static async IAsyncEnumerable<BatchResult> OnePictureAsync(ResultReadOptions options)
    {
        yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(1));
    }

    private async Task FailPollAsync(Job job)
    {
        await SetPartAsync(job, part => part.NextCheckAt = _engine.Time.GetUtcNow());
        await using (var context = _engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.RestUntil, (DateTimeOffset?)null), Token);
        }

        _provider.FailRetrieve = s_away;
        await _engine.RunDueAsync();
    }

    private async Task DispatchAsync()
    {
        var dispatcher = _engine.Get<PartDispatcher>();
        await dispatcher.DispatchDueAsync(Token);
        await dispatcher.IdleAsync();
    }

    private async Task<List<Guid>> PolledAsync()
    {
        await using var context = _engine.CreateContext();
        var now = _engine.Time.GetUtcNow();
        return await context.JobParts.Where(p => p.NextCheckAt > now).Select(p => p.JobId).ToListAsync(Token);
    }

    private async Task SetPartsDueAsync()
    {
        await using var context = _engine.CreateContext();
        var now = _engine.Time.GetUtcNow();
        await context.JobParts.ExecuteUpdateAsync(set => set.SetProperty(p => p.NextCheckAt, now), Token);
    }

    private async Task SetPartAsync(Job job, Action<JobPart> change)
    {
        await using var context = _engine.CreateContext();
        change(await context.JobParts.SingleAsync(p => p.JobId == job.Id, Token));
        await context.SaveChangesAsync(Token);
    }

    private async Task<ConnectionCondition> ConditionAsync(Job job) =>
        (await _engine.Get<ConnectionQueries>().GetAsync(_engine.Owner, job.ConnectionId, Token))!.Condition;
}
