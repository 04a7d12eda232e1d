using System.Runtime.CompilerServices;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Collection;

public sealed class CollectorTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Collect_AllAnswered_StoresEveryPictureUnderItsHash()
    {
        var job = await CollectAsync(2, 2, async sink =>
        [
            await FakeResults.PicturesAsync("row-1", 1, sink, FakeResults.Png(1), FakeResults.Png(2)),
            await FakeResults.PicturesAsync("row-0", 2, sink, FakeResults.Png(3), FakeResults.Png(4)),
        ]);

        var images = await ImagesAsync();
        Assert.Equal(JobState.Done, job.State);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], images.Select(i => (i.RowIndex, i.Index)));
        Assert.All(images, i =>
        {
            Assert.Equal((8, 8, MediaTypes.Png), (i.Width, i.Height, i.MediaType));
            using var stored = _engine.Get<IImageStore>().OpenRead(i.Sha256, i.MediaType);
            Assert.Equal(i.Bytes, stored!.Length);
            Assert.Equal(i.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stored)));
        });
        Assert.Empty(Directory.EnumerateFiles(_engine.DataFolder.Spool));
    }

    [Fact]
    public async Task Collect_MixedAnswers_GivesEachRowOneState()
    {
        var job = await CollectAsync(6, 2, async sink =>
        [
            await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1), FakeResults.Png(2)),
            await FakeResults.PicturesAsync("row-1", 2, sink, FakeResults.Png(3)),
            FakeResults.Error("row-2", 1, ResultOutcome.Refused),
            FakeResults.Error("row-3", 2, ResultOutcome.Transient),
            FakeResults.Error("row-4", 3, ResultOutcome.Expired),
        ]);

        var rows = await _engine.ReadRowsAsync(job.Id);
        Assert.Equal([RowState.Stored, RowState.Partial, RowState.Refused, RowState.Failed, RowState.Expired, RowState.Missing], rows.Select(r => r.State));
        Assert.Equal("1 of 2 images came back.", rows[1].ErrorMessage);
        Assert.Equal(JobState.DoneWithProblems, job.State);
    }

    [Fact]
    public async Task Collect_BrokenOffMidway_GoesOnBehindTheCheckpointWithoutDuplicates()
    {
        var reads = new List<IReadOnlyList<ResultPosition>>();
        _provider.Results = (_, options, token) => Read(options, token);
        var job = await _engine.AddJobAsync(rows: 300);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();

        await _engine.RunToEndAsync();

        Assert.Equal(2, reads.Count);
        Assert.Empty(reads[0]);
        Assert.InRange(Assert.Single(reads[1]).Line, 64, 199);
        Assert.Equal(300, (await ImagesAsync()).Count);
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
        Assert.Empty(Directory.EnumerateFiles(_engine.DataFolder.Spool));

        async IAsyncEnumerable<BatchResult> Read(ResultReadOptions options, [EnumeratorCancellation] CancellationToken token)
        {
            reads.Add(options.From);
            var png = FakeResults.Png(7);
            for (var line = 1 + (options.From.Count == 0 ? 0 : (int)options.From[0].Line); line <= 300; line++)
            {
                token.ThrowIfCancellationRequested();
                if (reads.Count == 1 && line == 200)
                {
                    throw new ProviderException("openai", ProviderFailure.Connection, "Reset.");
                }

                yield return await FakeResults.PicturesAsync($"row-{line - 1}", line, options.Sink!, png);
            }
        }
    }

    [Fact]
    public async Task Collect_ResultsNamedWronglyOnce_AsksForTheirNameAgain()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        var batch = _provider.Accepted[0];
        batch.Complete();
        batch.OutputFileId = "../odd";
        _provider.Results = (_, options, _) => batch.OutputFileId == "../odd" ? Refuse() : OnePictureAsync(options);

        await _engine.RunToEndAsync();

        Assert.Equal("file-out", (await _engine.ReadPartsAsync(job.Id))[0].OutputFileId);
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);

        IAsyncEnumerable<BatchResult> Refuse()
        {
            batch.OutputFileId = "file-out";
            throw new ProviderException("openai", ProviderFailure.UnexpectedAnswer, "The provider sent '../odd' as the id of a file of results, which cannot be used.");
        }

        static async IAsyncEnumerable<BatchResult> OnePictureAsync(ResultReadOptions options)
        {
            yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(1));
        }
    }

    [Fact]
    public async Task Collect_SecondAnswer_KeepsTheFirstAndShowsTheOther()
    {
        var job = await CollectAsync(1, 1, async sink =>
        [
            await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1)),
            await FakeResults.PicturesAsync("row-0", 2, sink, FakeResults.Png(2)),
        ]);

        await using var context = _engine.CreateContext();
        var extra = await context.UnmatchedResults.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((UnmatchedKind.Extra, "output:2"), (extra.Kind, extra.Place));
        Assert.Single(await ImagesAsync());
        Assert.Equal(JobState.Done, job.State);
    }

    [Fact]
    public async Task Collect_PictureAfterAnError_TakesThePicture()
    {
        await CollectAsync(1, 1, async sink =>
        [
            FakeResults.Error("row-0", 1, ResultOutcome.Transient),
            await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1)),
        ]);

        Assert.Single(await ImagesAsync());
    }

    [Fact]
    public async Task Collect_UnknownId_IsKeptApart()
    {
        var job = await CollectAsync(1, 1, async sink =>
        [
            await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1)),
            await FakeResults.PicturesAsync("somebody-else", 2, sink, FakeResults.Png(2)),
        ]);

        await using var context = _engine.CreateContext();
        var unknown = await context.UnmatchedResults.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((UnmatchedKind.UnknownId, "somebody-else"), (unknown.Kind, unknown.CustomId));
        Assert.Single(unknown.Images);
        Assert.Equal(JobState.Done, job.State);
    }

    [Fact]
    public async Task Collect_CutOffPicture_FailsTheRowAndKeepsTheRawBytes()
    {
        var job = await CollectAsync(1, 1, async sink => [await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1)[..^12])]);

        var row = Assert.Single(await _engine.ReadRowsAsync(job.Id));
        Assert.Equal((RowState.Failed, 0), (row.State, row.StoredImages));
        Assert.Contains("damaged", row.ErrorMessage, StringComparison.Ordinal);
        await using var context = _engine.CreateContext();
        Assert.Single((await context.UnmatchedResults.SingleAsync(u => u.Kind == UnmatchedKind.Damaged, TestContext.Current.CancellationToken)).Images);
    }

    [Fact]
    public async Task Collect_WebPageInsteadOfPicture_IsNeverCalledAPicture()
    {
        var job = await CollectAsync(1, 1, async sink => [await FakeResults.PicturesAsync("row-0", 1, sink, "<html><body>hello</body></html>"u8.ToArray())]);

        Assert.Contains("something else", Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(await ImagesAsync());
    }

    [Fact]
    public async Task Collect_CancelledBatch_StoresWhatIsThereAndExplainsTheRest()
    {
        _provider.Results = (_, options, token) => Yield(async sink => [await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1))], options, token);
        var job = await _engine.AddJobAsync(rows: 2);
        await _engine.RunDueAsync();
        await _engine.Get<JobService>().CancelAsync(_engine.Owner, job.Id, TestContext.Current.CancellationToken);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = BatchStatus.Cancelled;

        await _engine.RunToEndAsync();

        Assert.Equal([RowState.Stored, RowState.Cancelled], (await _engine.ReadRowsAsync(job.Id)).Select(r => r.State));
        Assert.Equal(JobState.Cancelled, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Collect_QueueFull_SendsTheSameRowsLaterInANewAttempt()
    {
        var job = await _engine.AddJobAsync(rows: 2);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Failed;
        _provider.Accepted[0].Errors = [new BatchError("token_limit_exceeded", "Enqueued token limit reached.")];
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));

        Assert.Single(_provider.Accepted);
        Assert.Contains("queue for your key is full", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, _provider.Accepted.Count);
        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal(RowState.Waiting, r.State));
    }

    private async Task<Job> CollectAsync(int rows, int imagesPerRow, Func<IImageSink, Task<IReadOnlyList<BatchResult>>> results)
    {
        _provider.Results = (_, options, token) => Yield(results, options, token);
        var job = await _engine.AddJobAsync(rows, imagesPerRow);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        return await _engine.ReadJobAsync(job.Id);
    }

    private static async IAsyncEnumerable<BatchResult> Yield(
        Func<IImageSink, Task<IReadOnlyList<BatchResult>>> results, ResultReadOptions options, [EnumeratorCancellation] CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        foreach (var result in await results(options.Sink!))
        {
            yield return result;
        }
    }

    private async Task<List<StoredImage>> ImagesAsync()
    {
        await using var context = _engine.CreateContext();
        return await context.StoredImages.AsNoTracking().OrderBy(i => i.RowIndex).ThenBy(i => i.Index).ToListAsync(TestContext.Current.CancellationToken);
    }
}
