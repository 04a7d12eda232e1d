using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Polling;

/// <summary>What a person reads while a batch is at its provider and something is odd; the numbers are those of docs/faults.md.</summary>
public sealed class PollingFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(17);

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F02_KeyRejected_SaysSoOnJobAndHomeWithTheJobsThatWait()
    {
        var job = await _engine.AddJobAsync();
        await _engine.AddJobAsync(over: job);
        await _engine.AddJobAsync(over: job);
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.KeyRejected, "401");

        await _engine.RunDueAsync();

        Assert.Equal("Your OpenAI key no longer works. Replace the key and everything goes on.", (await _engine.ReadJobAsync(job.Id)).Reason);
        var paused = Assert.Single((await _engine.Get<OverviewQueries>().ReadAsync(_engine.Owner, Token)).Paused);
        Assert.Equal("Your OpenAI key no longer works. Replace the key and everything goes on. 3 jobs are waiting.", paused.Text);
    }

    [Fact]
    public async Task F04_BatchUnknown_LooksForAnHourHoweverOftenItWasPolledBeforeThenAsks()
    {
        var job = await AtProviderAsync();
        for (var i = 0; i < 10; i++)
        {
            await _engine.RunDueInAsync(s_poll);
        }

        for (var i = 0; i < 5; i++)
        {
            await FailPollAsync(job, new ProviderException("openai", ProviderFailure.NotFound, "404"));
            Assert.Equal("OpenAI doesn't know this batch at the moment. Looking again.", (await _engine.ReadJobAsync(job.Id)).Reason);
            _engine.Time.Advance(TimeSpan.FromMinutes(12));
        }

        await FailPollAsync(job, new ProviderException("openai", ProviderFailure.NotFound, "404"));

        var held = await _engine.ReadJobAsync(job.Id);
        Assert.Equal(JobState.NeedsYou, held.State);
        Assert.Equal("OpenAI says it doesn't know this batch. It may belong to another project than the current key. With the right key, check again.", held.Reason);
    }

    [Fact]
    public async Task F04_BatchUnknownSinceTheKeyWasReplaced_SaysThat()
    {
        var job = await _engine.AddJobAsync();
        await SetFingerprintAsync(job, "before");
        await _engine.RunDueAsync();
        await SetFingerprintAsync(job, "after");

        for (var i = 0; i < 6; i++)
        {
            await FailPollAsync(job, new ProviderException("openai", ProviderFailure.NotFound, "404"));
        }

        Assert.Contains("The key of the connection was replaced after this part was sent.", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F12_NoAnswerForHalfAnHour_EveryDuePartAndHomeSaySinceWhen()
    {
        var job = await AtProviderAsync();
        var other = await _engine.AddJobAsync(over: job);
        await _engine.RunDueAsync();
        await FailPollAsync(job, Away);
        Assert.Equal("OpenAI is not answering. Nothing is lost; trying again.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Empty((await OverviewAsync()).Paused);

        _engine.Time.Advance(TimeSpan.FromMinutes(30));
        await FailPollAsync(job, Away);

        const string Told = "OpenAI is not answering since 09:00 UTC. Nothing is lost; trying again.";
        Assert.Equal(Told, (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Equal(Told, (await _engine.ReadJobAsync(other.Id)).Reason);
        Assert.Equal(Told + " 2 jobs are waiting.", Assert.Single((await OverviewAsync()).Paused).Text);

        // F60: it clears itself.
        _engine.Time.Advance(TimeSpan.FromMinutes(6));
        await _engine.RunDueAsync();
        Assert.Equal("Waiting for OpenAI to begin.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Equal("Waiting for OpenAI to begin.", (await _engine.ReadJobAsync(other.Id)).Reason);
        Assert.Empty((await OverviewAsync()).Paused);
    }

    [Fact]
    public async Task F12_AfterManyGoodPolls_BacksOffFromItsBeginning()
    {
        var job = await AtProviderAsync();
        for (var i = 0; i < 10; i++)
        {
            await _engine.RunDueInAsync(s_poll);
        }

        await FailPollAsync(job, Away);

        Assert.InRange(Assert.Single(await _engine.ReadPartsAsync(job.Id)).NextCheckAt!.Value - _engine.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task F41_UnknownStatus_ShowsTheWordAndTellsTheTimelineAtTheThirdTime()
    {
        var job = await AtProviderAsync();
        (_provider.Accepted[0].Status, _provider.Accepted[0].RawStatus) = (null, "PAUSED");
        for (var i = 0; i < 2; i++)
        {
            await _engine.RunDueInAsync(s_poll);
        }

        Assert.Equal("OpenAI reports “PAUSED”. Waiting.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.DoesNotContain(await _engine.ReadTimelineAsync(job.Id), t => t.Contains("PAUSED", StringComparison.Ordinal));
        await _engine.RunDueInAsync(s_poll);
        await _engine.RunDueInAsync(s_poll);

        Assert.Single(
            await _engine.ReadTimelineAsync(job.Id),
            t => t == "OpenAI reports “PAUSED”. That makes no sense for part 1, 3 times in a row. It is asked on; cancel it if that goes on.");
    }

    [Fact]
    public async Task F41_StatusGoesBack_KeepsTheHighestAndShowsTheWord()
    {
        var job = await AtProviderAsync();
        _provider.Accepted[0].Status = BatchStatus.InProgress;
        await _engine.RunDueInAsync(s_poll);
        (_provider.Accepted[0].Status, _provider.Accepted[0].RawStatus) = (BatchStatus.Validating, "validating");

        await _engine.RunDueInAsync(s_poll);

        Assert.Equal("OpenAI reports “validating”. Waiting.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Equal(BatchStatus.InProgress, Assert.Single(await _engine.ReadPartsAsync(job.Id)).ProviderStatus);
    }

    [Fact]
    public async Task F44_Overdue_SaysByHowMuchAndWhatIsNormal()
    {
        var job = await AtProviderAsync();
        await _engine.RunDueInAsync(TimeSpan.FromHours(27));

        Assert.Equal("Overdue by 3 h. OpenAI normally finishes in 24 h. Cancel it, or keep waiting.", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Theory]
    [InlineData(BatchStatus.Completed, "Too late to cancel: it had finished.")]
    [InlineData(BatchStatus.Failed, "Too late to cancel: it had failed.")]
    public async Task F47_CancelledTooLate_SaysHowItEnded(BatchStatus end, string told)
    {
        var job = await AtProviderAsync();
        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, Token);
        _provider.FailCancel = new ProviderException("openai", ProviderFailure.Conflict, "409");
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = end;

        await _engine.RunToEndAsync();

        Assert.Contains(told, await _engine.ReadTimelineAsync(job.Id));
    }

    [Theory]
    [InlineData("F53", "Can't make a safe connection to api.openai.com (certificate expired).", "Can't make a safe connection to api.openai.com (certificate expired). Nothing is lost; trying again.")]
    public async Task F53_NoSafeConnection_SaysWhy(string fault, string said, string told)
    {
        Assert.NotEmpty(fault);
        var job = await AtProviderAsync();

        await FailPollAsync(job, new ProviderException("openai", ProviderFailure.Connection, said));

        Assert.Equal(told, (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Theory]
    [InlineData("F22", "The answer was implausibly large and was refused.")]
    [InlineData("F56", "The provider sent '../x' as the id of a file of results, which cannot be used.")]
    public async Task F22_F56_AnswerThatMakesNoSense_IsShownAndAskedAgain(string fault, string said)
    {
        Assert.NotEmpty(fault);
        var job = await AtProviderAsync();

        await FailPollAsync(job, new ProviderException("openai", ProviderFailure.UnexpectedAnswer, said));

        Assert.Equal($"Unexpected answer from OpenAI: {said}", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    private static ProviderException Away => new("openai", ProviderFailure.Unavailable, "503");

    private Task<WorkspaceOverview> OverviewAsync() => _engine.Get<OverviewQueries>().ReadAsync(_engine.Owner, Token);

    private async Task<Job> AtProviderAsync()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        return job;
    }

    private async Task SetFingerprintAsync(Job job, string fingerprint)
    {
        await using var context = _engine.CreateContext();
        await context.Connections.Where(c => c.Id == job.ConnectionId).ExecuteUpdateAsync(set => set.SetProperty(c => c.KeyFingerprint, fingerprint), Token);
    }

    // The job's part meets the failure; what else is due waits with it, as it would behind the dispatcher.
    private async Task FailPollAsync(Job job, ProviderException failure)
    {
        var now = _engine.Time.GetUtcNow();
        await using (var context = _engine.CreateContext())
        {
            await context.JobParts.Where(p => p.NextCheckAt != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextCheckAt, now), Token);
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.RestUntil, (DateTimeOffset?)null), Token);
        }

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        var lease = await _engine.Get<LeaseKeeper>().TryTakeAsync(part.Id, Token);
        _provider.FailRetrieve = failure;
        await _engine.Get<PartRunner>().RunAsync(lease!, Token);
    }
}
