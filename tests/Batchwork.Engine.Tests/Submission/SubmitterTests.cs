using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Submission;

/// <summary>The judge of "paid once" is always the provider's side: what it accepted.</summary>
public sealed class SubmitterTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Advance_NewPart_IsAcceptedOnceUnderItsTag()
    {
        var job = await _engine.AddJobAsync(rows: 3);

        await _engine.RunDueAsync();

        var accepted = Assert.Single(_provider.Accepted);
        var attempt = Assert.Single(await AttemptsAsync());
        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal(["row-0", "row-1", "row-2"], accepted.CustomIds);
        Assert.Equal(attempt.Tag, accepted.Tag);
        Assert.Matches("^bw1-[a-z0-9]{8}-[a-z0-9]{26}$", attempt.Tag);
        Assert.Equal((AttemptState.Submitted, "batch-1"), (attempt.State, attempt.BatchId));
        Assert.Equal((PartState.AtProvider, "batch-1"), (part.State, part.BatchId));
        Assert.Equal(JobState.WaitingAtProvider, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Advance_NothingWasSent_SendsTheSameUploadLater()
    {
        await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchNotSentException("openai", "Connection refused.");

        await _engine.RunDueAsync();
        Assert.Empty(_provider.Accepted);
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_provider.Accepted);
        Assert.Equal(1, _provider.Uploads);
        Assert.Single(await AttemptsAsync());
    }

    [Fact]
    public async Task Advance_ProviderAsksToWait_WaitsExactlyThatLong()
    {
        await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.RateLimited, "Slow down.") { RetryAfter = TimeSpan.FromMinutes(7) };

        await _engine.RunDueAsync();
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        Assert.Empty(_provider.Accepted);
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Advance_ProviderRefusesTheRequests_ExplainsEveryRowAndSendsNothingMore()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.InvalidRequest, "bad") { Error = new BatchError("bad", "Line 2: no prompt.") };

        await _engine.RunToEndAsync();

        Assert.Empty(_provider.Accepted);
        Assert.All(await _engine.ReadRowsAsync(job.Id), r =>
        {
            Assert.Equal((RowState.Failed, ResultOutcome.Invalid), (r.State, r.Outcome));
            Assert.Contains("Line 2: no prompt.", r.ErrorMessage, StringComparison.Ordinal);
        });
        Assert.Equal(JobState.DoneWithProblems, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Equal(AttemptState.Rejected, Assert.Single(await AttemptsAsync()).State);
    }

    [Fact]
    public async Task Advance_KeyRejected_PausesTheConnectionAndGoesOnWhenItIsMended()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.KeyRejected, "Incorrect API key.");

        await _engine.RunDueAsync();
        var paused = await _engine.ReadJobAsync(job.Id);
        await _engine.RunDueInAsync(TimeSpan.FromHours(1));
        Assert.Empty(_provider.Accepted);
        Assert.Equal(JobState.NeedsYou, paused.State);
        Assert.Contains("key no longer works", paused.Reason, StringComparison.Ordinal);

        await using (var context = _engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.PausedReason, (string?)null), TestContext.Current.CancellationToken);
        }

        await _engine.RunDueAsync();
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Advance_DiedWhileUploading_UsesTheUploadThatArrived()
    {
        await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchNotSentException("openai", "stop here");
        await _engine.RunDueAsync();
        await SetAttemptAsync(AttemptState.Uploading);

        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, _provider.Uploads);
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Advance_DiedBeforeTheUploadArrived_UploadsAgain()
    {
        await _engine.AddJobAsync();
        _provider.FailUpload = new ProviderException("openai", ProviderFailure.Connection, "Reset.");

        await _engine.RunDueAsync();
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["upload", "find-upload", "upload", "create"], _provider.Calls);
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Advance_CancelledBeforeSending_PaysNothing()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);

        await _engine.RunToEndAsync();

        Assert.Empty(_provider.Calls);
        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal(RowState.Cancelled, r.State));
        Assert.Equal(JobState.Cancelled, (await _engine.ReadJobAsync(job.Id)).State);
    }

    private async Task<List<SubmissionAttempt>> AttemptsAsync()
    {
        await using var context = _engine.CreateContext();
        return await context.SubmissionAttempts.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task SetAttemptAsync(AttemptState state)
    {
        await using var context = _engine.CreateContext();
        await context.SubmissionAttempts.ExecuteUpdateAsync(set => set.SetProperty(a => a.State, state), TestContext.Current.CancellationToken);
    }
}
