using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class JobServiceTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task RetryFailed_EndedJob_SendsOnlyThoseRowsAsTheNextTry()
    {
        var job = await EndedJobAsync();

        var rows = await Service.RetryFailedAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        await _engine.RunDueAsync();

        Assert.Equal(2, rows);
        Assert.Equal(["row-1", "row-3"], _provider.Accepted[1].CustomIds);
        Assert.Equal([(RowState.Stored, 1), (RowState.Waiting, 2), (RowState.Refused, 1), (RowState.Waiting, 2)], (await _engine.ReadRowsAsync(job.Id)).Select(r => (r.State, r.TryNumber)));
        Assert.Equal([(1, 1), (2, 2)], (await _engine.ReadPartsAsync(job.Id)).Select(p => (p.Number, p.TryNumber)));
    }

    [Fact]
    public async Task RetryFailed_MoreRowsThanABatchHolds_MakesSeveralParts()
    {
        var job = await _engine.AddJobAsync(rows: 5);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Expired;
        await _engine.RunToEndAsync();
        _provider.Capabilities = _provider.Capabilities with { MaxRequests = 2 };

        await Service.RetryFailedAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        await _engine.RunDueAsync();

        Assert.Equal(["row-0,row-1", "row-2,row-3", "row-4"], _provider.Accepted.Skip(1).Select(b => string.Join(',', b.CustomIds)));
    }

    [Fact]
    public async Task RetryFailed_MoreBytesThanAnUploadHolds_MakesSeveralParts()
    {
        var job = await _engine.AddJobAsync(rows: 4);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Expired;
        await _engine.RunToEndAsync();
        _provider.Capabilities = _provider.Capabilities with { MaxUploadBytes = 1_300 };

        await Service.RetryFailedAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        await _engine.RunDueAsync();

        Assert.Equal(["row-0,row-1", "row-2,row-3"], _provider.Accepted.Skip(1).Select(b => string.Join(',', b.CustomIds)));
    }

    [Fact]
    public async Task Retry_OneCause_SendsOnlyItsRows()
    {
        var job = await EndedJobAsync();
        var cause = (await _engine.Get<JobQueries>().ProblemsAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken)).Causes.First(c => c.State == RowState.Missing);
        Assert.Equal(ProblemAction.RunAgain, cause.Action);
        Assert.Equal(cause.Rows, (await _engine.Get<PartQueries>().RetryPreviewAsync(_engine.Owner, job.Id, RetryScope.Of(cause), TestContext.Current.CancellationToken)).Rows);

        Assert.Equal(cause.Rows, await Service.RetryAsync(_engine.Owner, job.Id, RetryScope.Of(cause), TestContext.Current.CancellationToken));
        Assert.Equal(cause.Rows, (await _engine.ReadRowsAsync(job.Id)).Count(r => r.State == RowState.Waiting));
    }

    [Fact]
    public async Task RetryFailed_ClickedTwice_SendsOnce()
    {
        var job = await EndedJobAsync();

        await Service.RetryFailedAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Service.RetryFailedAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken));
        await _engine.RunDueAsync();

        Assert.Equal(2, _provider.Accepted.Count);
    }

    [Fact]
    public async Task Cancel_RunningJob_AsksTheProviderOnce()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();

        Assert.True(await Service.CancelAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken));
        Assert.False(await Service.CancelAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken));
        await _engine.RunDueAsync();
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(1, _provider.Cancels);
        Assert.Equal(JobState.Cancelling, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Cancel_AsViewer_IsNotAllowed()
    {
        var job = await _engine.AddJobAsync();

        await Assert.ThrowsAsync<NotAllowedException>(() => Service.CancelAsync(_engine.As(Role.Viewer), job.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancel_AsStranger_FindsNothing()
    {
        var job = await _engine.AddJobAsync();
        var stranger = await _engine.AddStrangerAsync(TestContext.Current.CancellationToken);

        Assert.False(await Service.CancelAsync(stranger, job.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Delete_RunningJob_IsRefused()
    {
        var job = await _engine.AddJobAsync();

        Assert.False(await Service.DeleteAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Purge_ADayAfterDeletion_RemovesRowsAndPicturesNobodyElseNames()
    {
        var job = await EndedJobAsync();
        var other = await EndedJobAsync(seed: 99);
        var image = await ImageOfAsync(job.Id);
        var kept = await ImageOfAsync(other.Id);
        await Service.DeleteAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);

        _engine.Time.Advance(TimeSpan.FromHours(25));
        await _engine.Get<Purger>().PurgeAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await _engine.ReadRowsAsync(job.Id));
        Assert.Null(_engine.Get<IImageStore>().OpenRead(image.Sha256, image.MediaType));
        await using var stays = _engine.Get<IImageStore>().OpenRead(kept.Sha256, kept.MediaType);
        Assert.NotNull(stays);
    }

    [Fact]
    public async Task Purge_Restored_KeepsEverything()
    {
        var job = await EndedJobAsync();
        await Service.DeleteAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        await Service.RestoreAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);

        _engine.Time.Advance(TimeSpan.FromHours(25));
        await _engine.Get<Purger>().PurgeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, (await _engine.ReadRowsAsync(job.Id)).Count);
    }

    private JobService Service => _engine.Get<JobService>();

    /// <summary>A job of four rows: stored, failed, refused, missing.</summary>
    private async Task<Job> EndedJobAsync(int seed = 1)
    {
        _provider.Results = (_, options, _) => Yield(options);
        var job = await _engine.AddJobAsync(rows: 4);
        await _engine.RunDueAsync();
        _provider.Accepted[^1].Complete();
        await _engine.RunToEndAsync();
        return job;

        async IAsyncEnumerable<BatchResult> Yield(ResultReadOptions options)
        {
            yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(seed));
            yield return FakeResults.Error("row-1", 1, ResultOutcome.Transient);
            yield return FakeResults.Error("row-2", 2, ResultOutcome.Refused);
        }
    }

    private async Task<StoredImage> ImageOfAsync(Guid jobId)
    {
        await using var context = _engine.CreateContext();
        return await context.StoredImages.SingleAsync(i => i.JobId == jobId, TestContext.Current.CancellationToken);
    }
}
