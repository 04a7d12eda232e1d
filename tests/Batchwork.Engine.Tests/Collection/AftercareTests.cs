using Batchwork.Engine.Auditing;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Collection;

/// <summary>What happens around collecting: how a part ends, what is deleted at the provider, what people are warned of.</summary>
public sealed class AftercareTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _provider.Capabilities = _provider.Capabilities with { ResultsKeptFor = TimeSpan.FromDays(30) };
        _engine = await Workers.StartEngineAsync(_provider);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clean_EverythingStored_DeletesUploadAndResultsOnce()
    {
        await EndedAsync(rows: 2, answered: 2);

        await CleanAsync();
        await CleanAsync();

        Assert.Equal(["file-1", "file-out"], _provider.Deleted.Order());
    }

    [Fact]
    public async Task Clean_NotStoredYet_DeletesNothing()
    {
        await _engine.AddJobAsync();
        await _engine.RunDueAsync();

        await CleanAsync();

        Assert.Empty(_provider.Deleted);
    }

    [Fact]
    public async Task Clean_RowsWithoutAnswer_KeepsTheFilesForAWeek()
    {
        await EndedAsync(rows: 2, answered: 1);

        await CleanAsync();
        Assert.Empty(_provider.Deleted);
        _engine.Time.Advance(TimeSpan.FromDays(7));
        await CleanAsync();

        Assert.NotEmpty(_provider.Deleted);
    }

    [Fact]
    public async Task Clean_GoneAlready_CountsAsDeleted()
    {
        var job = await EndedAsync(rows: 1, answered: 1);
        _provider.FailDelete = new ProviderException("openai", ProviderFailure.NotFound, "404");

        await CleanAsync();

        Assert.Null(Assert.Single(await _engine.ReadPartsAsync(job.Id)).CleanUpAt);
    }

    [Fact]
    public async Task Clean_ProviderIsAway_TriesAgainLater()
    {
        var job = await EndedAsync(rows: 1, answered: 1);
        _provider.FailDelete = new ProviderException("openai", ProviderFailure.Unavailable, "503");

        await CleanAsync();
        Assert.True(Assert.Single(await _engine.ReadPartsAsync(job.Id)).CleanUpAt > _engine.Time.GetUtcNow());
        _engine.Time.Advance(TimeSpan.FromMinutes(10));
        await CleanAsync();

        Assert.Equal(2, _provider.Deleted.Count);
    }

    [Fact]
    public async Task Warn_ResultsSoonGone_SaysSoOnce()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Results = (_, _, _) => throw new ProviderException("openai", ProviderFailure.Unavailable, "503");
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        var watch = _engine.Get<ExpiryWatch>();

        _engine.Time.Advance(TimeSpan.FromDays(26));
        await watch.WarnAsync(Token);
        Assert.DoesNotContain(await NotesAsync(job), n => n.Contains("deletes the results", StringComparison.Ordinal));
        _engine.Time.Advance(TimeSpan.FromDays(2));
        await watch.WarnAsync(Token);
        await watch.WarnAsync(Token);

        var warning = Assert.Single(await NotesAsync(job), n => n.Contains("deletes the results", StringComparison.Ordinal));
        Assert.Equal("OpenAI deletes the results of part 1 on 2026-12-22 09:00 UTC, and they are not all stored here yet. OpenAI can't deliver the results yet. Nothing is lost; trying again.", warning);
    }

    [Fact]
    public async Task ResultFile_Gone_RowsAreMissingAndSayWhy()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Results = (_, _, _) => throw new ProviderException("openai", ProviderFailure.NotFound, "404");

        await _engine.RunToEndAsync();

        Assert.All(await _engine.ReadRowsAsync(job.Id), row =>
            Assert.Equal((RowState.Missing, "The result file was deleted or expired; noticed on 2026-11-22. It can be run again."), (row.State, row.ErrorMessage)));
        Assert.Equal(JobState.DoneWithProblems, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Expired_WithPartialResults_SaysWhatIsCharged()
    {
        var job = await EndedAsync(rows: 3, answered: 1, BatchStatus.Expired);

        Assert.Contains("Expired: 1 done, 2 not run. OpenAI charges only finished ones.", await NotesAsync(job));
        Assert.Equal([RowState.Stored, RowState.Expired, RowState.Expired], (await _engine.ReadRowsAsync(job.Id)).Select(r => r.State));
    }

    [Fact]
    public async Task Cancel_TooLate_ShowsTheTrueEnd()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Results = (_, options, _) => FirstAsync(1, options);
        _provider.FailCancel = new ProviderException("openai", ProviderFailure.Conflict, "Cannot cancel a batch with status 'completed'.");
        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, Token);

        await _engine.RunToEndAsync();

        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Contains("OpenAI did not stop part 1: it may be too late to cancel.", await NotesAsync(job));
        Assert.Equal(1, _provider.Cancels);
    }

    [Fact]
    public async Task Poll_Overdue_SaysByHowMuchAndWhatToDo()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Finalizing;

        await _engine.RunDueInAsync(TimeSpan.FromHours(27));
        Assert.Equal("Overdue by 3 h. OpenAI normally finishes in 24 h. Cancel it, or keep waiting.", (await _engine.ReadJobAsync(job.Id)).Reason);
        await _engine.RunDueInAsync(TimeSpan.FromDays(8));

        Assert.Equal(PartState.Held, Assert.Single(await _engine.ReadPartsAsync(job.Id)).State);
    }

    [Fact]
    public async Task Counts_ThatDiffer_AreShownAndOursCount()
    {
        var job = await _engine.AddJobAsync(rows: 3);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Counts = new BatchRequestCounts(3, 2, 0);
        _provider.Results = (_, options, _) => FirstAsync(3, options);

        await _engine.RunToEndAsync();

        Assert.Contains("OpenAI counts 2 answers, we have 3. Ours count.", await NotesAsync(job));
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
    }

    private async Task<Job> EndedAsync(int rows, int answered, BatchStatus status = BatchStatus.Completed)
    {
        var job = await _engine.AddJobAsync(rows);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = status;
        _provider.Results = (_, options, _) => FirstAsync(answered, options);
        await _engine.RunToEndAsync();
        return job;
    }

    private static async IAsyncEnumerable<BatchResult> FirstAsync(int count, ResultReadOptions options)
    {
        for (var i = 0; i < count; i++)
        {
            yield return await FakeResults.PicturesAsync($"row-{i}", i + 1, options.Sink!, FakeResults.Png(i));
        }
    }

    private Task CleanAsync() => _engine.Get<RemoteCleaner>().CleanAsync(Token);

    private async Task<List<string>> NotesAsync(Job job)
    {
        await using var context = _engine.CreateContext();
        return await context.Activities.Where(a => a.JobId == job.Id && a.Kind != ActivityKind.Person).Select(a => a.Text).ToListAsync(Token);
    }
}
