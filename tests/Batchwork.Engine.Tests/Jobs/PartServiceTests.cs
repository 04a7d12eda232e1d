using Batchwork.Engine.Auditing;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class PartServiceTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PartService Service => _engine.Get<PartService>();

    [Fact]
    public async Task PollNow_LongBeforeItsTime_AsksTheProvider()
    {
        var (_, part) = await SentAsync();
        var before = _provider.Calls.Count(c => c == "retrieve");

        Assert.True(await Service.PollNowAsync(_engine.Owner, part.Id, Token));
        await _engine.RunDueAsync();

        Assert.Equal(before + 1, _provider.Calls.Count(c => c == "retrieve"));
    }

    [Fact]
    public async Task PollNow_PartInDoubt_DoesNotHurryTheLooks()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = new BatchOutcomeUnknownException("openai", ProviderFailure.Connection, "Reset.");
        _provider.IsListed = false;
        await _engine.RunDueAsync();

        Assert.False(await Service.PollNowAsync(_engine.Owner, (await PartAsync(job)).Id, Token));
    }

    [Fact]
    public async Task CollectAgain_RowsThatWereMissing_GetTheirPictures()
    {
        var (job, part) = await SentAsync(rows: 2);
        _provider.Accepted[0].Complete();
        _provider.Results = (_, options, _) => FirstAsync(1, options);
        await _engine.RunToEndAsync();
        Assert.True((await DetailAsync(part.Id)).CanCollectAgain);
        _provider.Results = (_, options, _) => FirstAsync(2, options);

        Assert.True(await Service.CollectAgainAsync(_engine.Owner, part.Id, Token));
        await _engine.RunToEndAsync();

        Assert.All(await _engine.ReadRowsAsync(job.Id), row => Assert.Equal((RowState.Stored, 1), (row.State, row.StoredImages)));
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task CollectAgain_FilesAreDeleted_IsNotOffered()
    {
        var (_, part) = await SentAsync(rows: 1);
        _provider.Accepted[0].Complete();
        _provider.Results = (_, options, _) => FirstAsync(1, options);
        await _engine.RunToEndAsync();
        await _engine.Get<RemoteCleaner>().CleanAsync(Token);

        Assert.False((await DetailAsync(part.Id)).CanCollectAgain);
        Assert.False(await Service.CollectAgainAsync(_engine.Owner, part.Id, Token));
    }

    [Fact]
    public async Task Cancel_OnePart_TheOthersGoOn()
    {
        var job = await _engine.AddJobAsync(rows: 2, parts: 2);
        await _engine.RunDueAsync();
        var parts = await _engine.ReadPartsAsync(job.Id);

        Assert.True(await Service.CancelAsync(_engine.Owner, parts[1].Id, Token));
        Assert.False(await Service.CancelAsync(_engine.Owner, parts[1].Id, Token));
        await _engine.RunDueAsync();

        Assert.Equal(1, _provider.Cancels);
        Assert.Equal([null, BatchStatus.Cancelling], (await _engine.ReadPartsAsync(job.Id)).Select(p => p.CancelSentAt is null ? null : p.ProviderStatus));
    }

    [Fact]
    public async Task Cancel_PartThatIsNotSent_SendsNothingOfIt()
    {
        var job = await _engine.AddJobAsync(rows: 2, parts: 2);
        var part = (await _engine.ReadPartsAsync(job.Id))[1];

        await Service.CancelAsync(_engine.Owner, part.Id, Token);
        await _engine.RunDueAsync();

        Assert.Equal(["row-0"], Assert.Single(_provider.Accepted).CustomIds);
        Assert.Equal([RowState.Waiting, RowState.Cancelled], (await _engine.ReadRowsAsync(job.Id)).Select(r => r.State));
    }

    [Fact]
    public async Task Cancel_JobWithAPartHeldAtTheProvider_ReachesIt()
    {
        var (job, part) = await SentAsync();
        await using (var context = _engine.CreateContext())
        {
            context.Attach(part).Entity.State = PartState.Held;
            part.NextCheckAt = null;
            context.Entry(part).Property(p => p.State).IsModified = true;
            context.Entry(part).Property(p => p.NextCheckAt).IsModified = true;
            await context.SaveChangesAsync(Token);
        }

        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, Token);
        await _engine.RunDueAsync();

        Assert.Equal(1, _provider.Cancels);
    }

    [Fact]
    public async Task Resubmit_CancelledAndExpiredRowsOfOnePart_SendsOnlyThem()
    {
        var (job, part) = await SentAsync(rows: 3);
        _provider.Results = (_, options, _) => FirstAsync(1, options);
        await Service.CancelAsync(_engine.Owner, part.Id, Token);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = BatchStatus.Cancelled;
        await _engine.RunToEndAsync();
        Assert.Equal(2, (await DetailAsync(part.Id)).Unfinished.Rows);

        var rows = await _engine.Get<JobService>().RetryAsync(_engine.Owner, job.Id, RetryScope.OfPart(part.Id), Token);
        await _engine.RunDueAsync();

        Assert.Equal(2, rows);
        Assert.Equal(["row-1", "row-2"], _provider.Accepted[1].CustomIds);
    }

    [Fact]
    public async Task TwoFound_TheOther_CanBeCancelledOnce()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = new BatchOutcomeUnknownException("openai", ProviderFailure.Connection, "Reset.");
        _provider.IsListed = false;
        await _engine.RunDueAsync();
        _provider.AddForeign(new FakeBatch { Id = "batch-2", Tag = _provider.Accepted[0].Tag, InputFileId = "file-1", CustomIds = ["row-0"] });
        _provider.IsListed = true;
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(30));
        var part = await PartAsync(job);
        Assert.Equal(("batch-1", "batch-2"), (part.BatchId, Assert.Single((await DetailAsync(part.Id)).Summary.DuplicateBatchIds)));

        Assert.False(await Service.CancelDuplicateAsync(_engine.Owner, part.Id, "batch-1", Token));
        Assert.True(await Service.CancelDuplicateAsync(_engine.Owner, part.Id, "batch-2", Token));
        Assert.False(await Service.CancelDuplicateAsync(_engine.Owner, part.Id, "batch-2", Token));

        Assert.Equal(BatchStatus.Cancelling, _provider.Accepted[1].Status);
    }

    [Fact]
    public async Task Get_SentPart_ShowsSubmissionsHistoryAndAnswer()
    {
        var (_, part) = await SentAsync(rows: 2);

        var detail = await DetailAsync(part.Id);

        Assert.Equal((1, "batch-1", true, true), (detail.PartsOfJob, detail.Summary.BatchId, detail.CanPoll, detail.CanCancel));
        Assert.Equal((AttemptState.Submitted, _provider.Accepted[0].Tag), (Assert.Single(detail.Attempts).State, detail.Attempts[0].Tag));
        Assert.Contains(detail.History, entry => entry.Kind == ActivityKind.Submitted);
        Assert.Equal(2, detail.Rows[RowState.Waiting]);
    }

    [Fact]
    public async Task EveryAction_AsStranger_FindsNothing()
    {
        var (_, part) = await SentAsync();
        var stranger = await _engine.AddStrangerAsync(Token);

        Assert.Null(await _engine.Get<PartQueries>().GetAsync(stranger, part.Id, Token));
        Assert.False(await Service.PollNowAsync(stranger, part.Id, Token));
        Assert.False(await Service.CollectAgainAsync(stranger, part.Id, Token));
        Assert.False(await Service.CancelAsync(stranger, part.Id, Token));
        Assert.False(await Service.CancelDuplicateAsync(stranger, part.Id, "batch-1", Token));
    }

    [Fact]
    public async Task EveryAction_AsReviewer_IsNotAllowed()
    {
        var reviewer = _engine.As(Role.Reviewer);

        await Assert.ThrowsAsync<NotAllowedException>(() => Service.PollNowAsync(reviewer, Guid.Empty, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => Service.CollectAgainAsync(reviewer, Guid.Empty, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => Service.CancelAsync(reviewer, Guid.Empty, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => Service.CancelDuplicateAsync(reviewer, Guid.Empty, "batch", Token));
    }

    private static async IAsyncEnumerable<BatchResult> FirstAsync(int count, ResultReadOptions options)
    {
        for (var i = 0; i < count; i++)
        {
            yield return await FakeResults.PicturesAsync($"row-{i}", i + 1, options.Sink!, FakeResults.Png(i));
        }
    }

    private async Task<(Job Job, JobPart Part)> SentAsync(int rows = 3)
    {
        var job = await _engine.AddJobAsync(rows);
        await _engine.RunDueAsync();
        return (job, await PartAsync(job));
    }

    private async Task<JobPart> PartAsync(Job job) => Assert.Single(await _engine.ReadPartsAsync(job.Id));

    private async Task<PartDetail> DetailAsync(Guid partId) => (await _engine.Get<PartQueries>().GetAsync(_engine.Owner, partId, Token))!;
}
