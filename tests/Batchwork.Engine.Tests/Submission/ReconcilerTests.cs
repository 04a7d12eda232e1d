using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Submission;

public sealed class ReconcilerTests : IAsyncLifetime
{
    private static readonly BatchOutcomeUnknownException s_noAnswer = new("openai", ProviderFailure.Connection, "The connection broke.");

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Look_AcceptedWithoutAnswer_IsAdopted()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = s_noAnswer;

        await _engine.RunDueAsync();

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((PartState.AtProvider, "batch-1"), (part.State, part.BatchId));
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Look_ListedLate_IsAdoptedAtALaterLook()
    {
        await _engine.AddJobAsync();
        _provider.FailCreateAfter = s_noAnswer;
        _provider.IsListed = false;

        await _engine.RunDueAsync();
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(30));
        _provider.IsListed = true;
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(90));

        Assert.Single(_provider.Accepted);
        Assert.Equal(AttemptState.Submitted, (await AttemptAsync()).State);
    }

    [Fact]
    public async Task Look_NothingFoundFourTimes_HoldsForAPerson()
    {
        var job = await HeldJobAsync();

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal(PartState.Held, part.State);
        Assert.Contains("Submitting again may charge you twice", part.Reason, StringComparison.Ordinal);
        Assert.Equal(JobState.NeedsYou, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Equal(4, _provider.Calls.Count(c => c == "find"));
    }

    [Fact]
    public async Task CheckAgain_FoundNow_IsAdopted()
    {
        var job = await HeldJobAsync();
        _provider.IsListed = true;

        Assert.True(await Service.CheckAgainAsync(_engine.Owner, await PartIdAsync(job), TestContext.Current.CancellationToken));
        await _engine.RunDueAsync();

        Assert.Single(_provider.Accepted);
        Assert.Equal(PartState.AtProvider, Assert.Single(await _engine.ReadPartsAsync(job.Id)).State);
    }

    [Fact]
    public async Task SubmitAgain_ByAPerson_MakesASecondAttemptUnderAnotherTag()
    {
        var job = await HeldJobAsync();

        await Service.SubmitAgainAsync(_engine.Owner, await PartIdAsync(job), TestContext.Current.CancellationToken);
        await _engine.RunDueAsync();

        await using var context = _engine.CreateContext();
        var attempts = await context.SubmissionAttempts.OrderBy(a => a.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([AttemptState.Superseded, AttemptState.Submitted], attempts.Select(a => a.State));
        Assert.Equal(_engine.Owner.UserId, attempts[0].ResolvedBy);
        Assert.NotEqual(attempts[0].Tag, attempts[1].Tag);
    }

    [Fact]
    public async Task SubmitAgain_ClickedTwice_DecidesOnce()
    {
        var job = await HeldJobAsync();
        var partId = await PartIdAsync(job);

        Assert.True(await Service.SubmitAgainAsync(_engine.Owner, partId, TestContext.Current.CancellationToken));
        Assert.False(await Service.SubmitAgainAsync(_engine.Owner, partId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MarkAsNotSent_ByAPerson_LeavesRowsThatCanBeRetried()
    {
        var job = await HeldJobAsync();

        await Service.MarkAsNotSentAsync(_engine.Owner, await PartIdAsync(job), TestContext.Current.CancellationToken);

        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal((RowState.Failed, ResultOutcome.Transient), (r.State, r.Outcome)));
        Assert.Equal(JobState.DoneWithProblems, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Decide_AsStranger_FindsNothing()
    {
        var job = await HeldJobAsync();
        var stranger = await _engine.AddStrangerAsync(TestContext.Current.CancellationToken);

        Assert.False(await Service.SubmitAgainAsync(stranger, await PartIdAsync(job), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Advance_DiedRightAfterTheIntent_LooksAndNeverGuesses()
    {
        await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchNotSentException("openai", "stop here");
        await _engine.RunDueAsync();
        await using (var context = _engine.CreateContext())
        {
            await context.SubmissionAttempts.ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AttemptState.Creating), TestContext.Current.CancellationToken);
        }

        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(_provider.Accepted);
        Assert.Equal(AttemptState.Ambiguous, (await AttemptAsync()).State);
        Assert.Equal("find", _provider.Calls[^1]);
    }

    [Fact]
    public async Task Cancel_WhileInDoubt_StopsTheBatchOnceItIsFound()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = s_noAnswer;
        _provider.IsListed = false;
        await _engine.RunDueAsync();
        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);

        _provider.IsListed = true;
        await _engine.RunDueAsync();
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        Assert.Equal(1, _provider.Cancels);
    }

    private SubmissionService Service => _engine.Get<SubmissionService>();

    private async Task<Job> HeldJobAsync()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = s_noAnswer;
        _provider.IsListed = false;
        await _engine.RunToEndAsync();
        return job;
    }

    private async Task<Guid> PartIdAsync(Job job) => Assert.Single(await _engine.ReadPartsAsync(job.Id)).Id;

    private async Task<SubmissionAttempt> AttemptAsync()
    {
        await using var context = _engine.CreateContext();
        return await context.SubmissionAttempts.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
    }
}
