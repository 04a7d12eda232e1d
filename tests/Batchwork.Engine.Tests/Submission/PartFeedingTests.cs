using System.Net;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Submission;

/// <summary>A job of many parts is fed to the provider as its queue allows.</summary>
public sealed class PartFeedingTests : IAsyncLifetime
{
    private const string QueueFull = "OpenAI's queue for your key is full. This part waits here and is sent as space frees. Nothing lost, nothing charged.";

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task TokenLimitExceeded_OnePart_TheOthersDoNotTryEither()
    {
        var job = await _engine.AddJobAsync(rows: 4, parts: 4);
        await RunPartsAsync(job, 2);
        Refuse(_provider.Accepted[1]);

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        var parts = await _engine.ReadPartsAsync(job.Id);
        Assert.Equal([PartState.AtProvider, PartState.Ready, PartState.Ready, PartState.Ready], parts.Select(p => p.State));
        Assert.All(parts.Skip(1), part => Assert.Equal(QueueFull, part.Reason));
        Assert.Equal(2, _provider.Accepted.Count);
    }

    [Fact]
    public async Task TokenLimitExceeded_ABatchEnds_TheNextPartIsSentAtOnce()
    {
        var job = await _engine.AddJobAsync(rows: 3, parts: 3);
        await RunPartsAsync(job, 2);
        Refuse(_provider.Accepted[1]);
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        _provider.Results = (batch, options, _) => AllAsync(batch, options);
        _provider.Accepted[0].Complete();

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        await _engine.RunDueAsync();
        await _engine.RunDueAsync();

        // The second goes, and as it found room the third is tried as well.
        Assert.Equal([PartState.Closed, PartState.AtProvider, PartState.AtProvider], (await _engine.ReadPartsAsync(job.Id)).Select(p => p.State));
        Assert.Equal(["row-1"], _provider.Accepted[2].CustomIds);
    }

    [Fact]
    public async Task TokenLimitExceeded_ToTheEnd_EveryRowIsSentAndStoredOnce()
    {
        var job = await _engine.AddJobAsync(rows: 7, parts: 7);
        _provider.Results = (batch, options, _) => AllAsync(batch, options);
        for (var i = 0; i < 200 && !(await _engine.ReadJobAsync(job.Id)).State.HasEnded(); i++)
        {
            await _engine.RunDueInAsync(TimeSpan.FromSeconds(30));

            // Two fit into the queue.
            foreach (var (batch, index) in _provider.Accepted.Where(b => b.Status == BatchStatus.Validating).ToList().Select((b, n) => (b, n)))
            {
                if (index < 2)
                {
                    batch.Complete();
                }
                else
                {
                    Refuse(batch);
                }
            }
        }

        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.All(await _engine.ReadRowsAsync(job.Id), row => Assert.Equal((RowState.Stored, 1), (row.State, row.StoredImages)));
    }

    [Fact]
    public async Task RateLimited_WhileOthersOfTheKeyRun_WaitsForRoom()
    {
        var job = await _engine.AddJobAsync(rows: 2, parts: 2);
        await RunPartsAsync(job, 1);
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.RateLimited, "Enqueued token limit reached.");

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(20));

        var second = (await _engine.ReadPartsAsync(job.Id))[1];
        Assert.Equal((PartState.Submitting, true, QueueFull), (second.State, second.WaitsForQueue, second.Reason));
        Assert.Equal($"Part 1 of 2: {(await _engine.ReadPartsAsync(job.Id))[0].Reason}", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task TooLarge_Part_IsSplitAndEveryRowIsSentOnce()
    {
        var job = await _engine.AddJobAsync(rows: 5);
        _provider.FailUpload = new ProviderException("openai", ProviderFailure.InvalidRequest, "Too large.") { StatusCode = HttpStatusCode.RequestEntityTooLarge };

        await _engine.RunDueAsync();
        await _engine.RunDueAsync();

        var parts = await _engine.ReadPartsAsync(job.Id);
        Assert.Equal([(1, 2), (2, 3)], parts.Select(p => (p.Number, p.RequestCount)));
        Assert.Equal(["row-0", "row-1", "row-2", "row-3", "row-4"], _provider.Accepted.SelectMany(b => b.CustomIds).Order());
    }

    [Fact]
    public async Task UploadRefused_ForGood_ExplainsEveryRow()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        _provider.FailUpload = new ProviderException("openai", ProviderFailure.InvalidRequest, "400") { Error = new BatchError("invalid", "Invalid file format.", Line: 17) };

        await _engine.RunToEndAsync();

        Assert.All(await _engine.ReadRowsAsync(job.Id), row =>
            Assert.Equal((RowState.Failed, "OpenAI rejected line 17: Invalid file format. Nothing was charged."), (row.State, row.ErrorMessage)));
    }

    [Fact]
    public async Task CreateRefused_ModelIsGone_SaysToChooseAnother()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.NotFound, "404") { Error = new BatchError("model_not_found", "The model does not exist.") };

        await _engine.RunToEndAsync();

        Assert.Equal(
            "gpt-image-2 is not offered any more by OpenAI, or not to this key. Choose another model. Nothing was charged.",
            Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage);
    }

    private static void Refuse(FakeBatch batch)
    {
        batch.Status = BatchStatus.Failed;
        batch.Errors = [new BatchError("token_limit_exceeded", "Enqueued token limit reached for gpt-image-2.")];
    }

    private static async IAsyncEnumerable<BatchResult> AllAsync(FakeBatch batch, ResultReadOptions options)
    {
        foreach (var (id, line) in batch.CustomIds.Select((id, i) => (id, i + 1)))
        {
            yield return await FakeResults.PicturesAsync(id, line, options.Sink!, FakeResults.Png(line));
        }
    }

    /// <summary>Sends the first parts; the others are due a little later.</summary>
    private async Task RunPartsAsync(Job job, int count)
    {
        await using (var context = _engine.CreateContext())
        {
            var later = _engine.Time.GetUtcNow().AddSeconds(20);
            await context.JobParts.Where(p => p.JobId == job.Id && p.Number > count).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.NextCheckAt, later),
                TestContext.Current.CancellationToken);
        }

        foreach (var part in (await _engine.ReadPartsAsync(job.Id)).Take(count))
        {
            var lease = await _engine.Get<LeaseKeeper>().TryTakeAsync(part.Id, TestContext.Current.CancellationToken);
            await _engine.Get<PartRunner>().RunAsync(lease!, TestContext.Current.CancellationToken);
        }
    }
}
