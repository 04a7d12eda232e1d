using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Collection;

/// <summary>What a person reads when results are late, broken, too many or too few; the numbers are those of docs/faults.md.</summary>
public sealed class CollectionFaultTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "The result file was deleted or expired; noticed on 2026-11-22.")]
    [InlineData(0, "The result file expired on 2026-11-22.")]
    public async Task F05_ResultFileGone_SaysWhenAndRowsCanRunAgain(int? keptForDays, string told)
    {
        _provider.Capabilities = _provider.Capabilities with { ResultsKeptFor = keptForDays is { } days ? TimeSpan.FromDays(days) : null };
        _provider.Results = (_, _, _) => Break(new ProviderException("openai", ProviderFailure.NotFound, "404"));
        var job = await CollectAsync(2);

        Assert.Equal($"{told} 2 of 2 rows got no answer; they can be run again.", await ReasonAsync(job));
        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal((RowState.Missing, $"{told} It can be run again."), (r.State, r.ErrorMessage)));
    }

    [Theory]
    [InlineData("F18")]
    [InlineData("F19")]
    public async Task F18_F19_DownloadBreaks_SaysThatItIsTakenUp(string fault)
    {
        Assert.NotEmpty(fault);
        _provider.Results = (_, _, _) => Break(new ProviderException("openai", ProviderFailure.Connection, "Nothing came for 60 seconds"));
        var job = await AtCollectionAsync(2);

        Assert.Equal(
            "The download from OpenAI stalled and is taken up where it broke. Nothing came for 60 seconds. Nothing is lost; trying again.",
            (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task F21_FileStaysShort_IsReadFiveTimesAndSaysHowManyLinesCame()
    {
        _provider.Results = (_, options, token) => Read(options, token, FakeResults.Error("row-0", 1, ResultOutcome.Refused));
        var job = await AtCollectionAsync(3);
        Assert.Equal("The result file is incomplete: 1 of 3 lines. Reading on.", (await _engine.ReadJobAsync(job.Id)).Reason);

        await _engine.RunToEndAsync();

        Assert.Equal(6, _provider.Calls.Count(c => c == "results"));
        Assert.Contains("The result file is incomplete: 1 of 3 lines.", await _engine.ReadTimelineAsync(job.Id));
    }

    /// <summary>Found by the crash harness, <c>faults --provider xai --only F23</c>: one page that always broke off kept everything else over its connection from being asked for.</summary>
    [Fact]
    public async Task F23_ResultsThatAlwaysBreakOff_DoNotLetTheConnectionRest()
    {
        _provider.Results = (_, _, _) => Break(new ProviderException("openai", ProviderFailure.Connection, "Nothing came for 60 seconds"));
        await AtCollectionAsync(2);
        for (var i = 0; i < 10; i++)
        {
            await _engine.RunDueInAsync(TimeSpan.FromMinutes(6));
        }

        Assert.True(_provider.Calls.Count(c => c == "results") > 5);
        await using var context = _engine.CreateContext();
        var connection = await context.Connections.SingleAsync(Token);
        Assert.Equal((0, null, null), (connection.Failures, connection.FailingSince, connection.RestUntil));
    }

    [Fact]
    public async Task F21_FileBreaksOffAlwaysAtTheSamePlace_KeepsWhatCameAndSaysHowMuchThatIs()
    {
        _provider.Results = (_, options, token) => Broken(options, token);
        var job = await AtCollectionAsync(3);
        for (var i = 0; i < 6; i++)
        {
            await _engine.RunDueInAsync(TimeSpan.FromMinutes(6));
        }

        Assert.Equal("The result file is incomplete: 1 of 3 lines. Nothing is lost; trying again.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Equal([RowState.Refused, RowState.Waiting, RowState.Waiting], (await _engine.ReadRowsAsync(job.Id)).Select(r => r.State));

        async IAsyncEnumerable<BatchResult> Broken(ResultReadOptions options, [EnumeratorCancellation] CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            if (options.From.Count == 0)
            {
                yield return FakeResults.Error("row-0", 1, ResultOutcome.Refused);
            }

            throw new ProviderException("openai", ProviderFailure.Connection, "Cut off.");
        }
    }

    [Theory]
    [InlineData("F23", 1, "1 line could not be read (line 1). What came is kept under Problems.")]
    [InlineData("F24", 2, "2 lines could not be read (lines 1, 2). What came is kept under Problems.")]
    [InlineData("F25", 7, "7 lines could not be read (lines 1, 2, 3, 4, 5, …). What came is kept under Problems.")]
    public async Task F23_F24_F25_F26_LinesThatCannotBeRead_AreCountedAndNamed(string fault, int lines, string told)
    {
        Assert.NotEmpty(fault);
        _provider.Results = (_, options, token) => Read(options, token, [.. Enumerable.Range(1, lines).Select(i => FakeResults.Error("", i, ResultOutcome.Unreadable, "Not JSON"))]);

        var job = await CollectAsync(lines);

        Assert.Contains(told, await _engine.ReadTimelineAsync(job.Id));
    }

    [Fact]
    public async Task F24_LineWhoseIdCouldBeSaved_ExplainsItsRowAndIsKept()
    {
        _provider.Results = (_, options, token) => Read(options, token, FakeResults.Error("row-0", 1, ResultOutcome.Unreadable, "Not JSON"));

        var job = await CollectAsync(1);

        Assert.Equal("The provider's answer could not be read. Not JSON. What came is kept under Problems.", Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage);
        Assert.Contains("1 line could not be read (line 1). What came is kept under Problems.", await _engine.ReadTimelineAsync(job.Id));
    }

    [Fact]
    public async Task F27_SecondAnswer_IsNamed()
    {
        var job = await CollectPicturesAsync(1, 1, "row-0", "row-0");

        Assert.Contains("2 answers arrived for “row-0”; the second is kept under Problems, as an extra.", await _engine.ReadTimelineAsync(job.Id));
    }

    [Fact]
    public async Task F28_UnknownIds_AreCounted()
    {
        var job = await CollectPicturesAsync(1, 1, "row-0", "a", "b", "");

        Assert.Contains("3 results match no request. They are kept under Problems.", await _engine.ReadTimelineAsync(job.Id));
    }

    [Fact]
    public async Task F29_RowsWithoutAnAnswer_AreCountedAndCanRunAgain()
    {
        _provider.Results = (_, options, token) => Read(options, token, FakeResults.Error("row-0", 1, ResultOutcome.Refused));
        var job = await CollectAsync(3);

        const string Told = "2 of 3 got no answer. They can be run again.";
        Assert.Equal(Told, await ReasonAsync(job));
        Assert.Contains(Told, await _engine.ReadTimelineAsync(job.Id));
        Assert.Equal("OpenAI gave no answer for this row. It can be run again.", (await _engine.ReadRowsAsync(job.Id))[1].ErrorMessage);
    }

    [Theory]
    [InlineData("F33", "", null, "The image was empty.")]
    [InlineData("F33", "%89PNG", "image/png", "The image data is damaged. The raw data can be downloaded under Problems.")]
    [InlineData("F34", "<html>", "text/html", "Got a web page instead of an image. The raw data can be downloaded under Problems.")]
    [InlineData("F34", "{\"a\":1}", "application/json", "Got JSON instead of an image. The raw data can be downloaded under Problems.")]
    [InlineData("F34", "%PDF-1.7", "application/pdf", "Got a PDF document instead of an image. The raw data can be downloaded under Problems.")]
    [InlineData("F34", "<svg/>", "image/svg+xml", "Got an SVG drawing instead of an image. The raw data can be downloaded under Problems.")]
    [InlineData("F34", "GIF89a", "image/gif", "Got something else instead of an image. The raw data can be downloaded under Problems.")]
    public async Task F33_F34_NotAPicture_SaysWhatCame(string fault, string bytes, string? mediaType, string told)
    {
        Assert.NotEmpty(fault);
        var raw = bytes == "%89PNG" ? FakeResults.Png(1)[..^12] : System.Text.Encoding.UTF8.GetBytes(bytes);
        _provider.Results = (_, options, _) => OneAsync(options, raw, mediaType);

        var job = await CollectAsync(1);

        var row = Assert.Single(await _engine.ReadRowsAsync(job.Id));
        Assert.Equal((RowState.Failed, told), (row.State, row.ErrorMessage));
    }

    [Theory]
    [InlineData("image/png", null)]
    [InlineData("image/jpeg", "image/jpeg")]
    [InlineData(null, null)]
    public async Task F32_AnnouncedAsAnotherType_KeepsTheTrueOneAndWhatWasSaid(string? announced, string? kept)
    {
        _provider.Results = (_, options, _) => OneAsync(options, FakeResults.Png(1), "image/png", announced);

        var job = await CollectAsync(1);

        await using var context = _engine.CreateContext();
        var image = await context.StoredImages.SingleAsync(i => i.JobId == job.Id, Token);
        Assert.Equal(("image/png", kept), (image.MediaType, image.AnnouncedMediaType));
    }

    [Fact]
    public async Task F36_LinkGone_IsToldOnItsRow()
    {
        var job = await CollectErrorAsync(ResultOutcome.Transient, "The link expired before the picture could be fetched: its host answered 403. Send the request again for a new picture.");

        Assert.StartsWith("The link expired before the picture could be fetched", Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F42_AllFailed_SaysTheMostCommonReason()
    {
        _provider.Results = (_, options, token) => Read(
            options,
            token,
            FakeResults.Error("row-0", 1, ResultOutcome.Invalid, "Prompt too long"),
            FakeResults.Error("row-1", 2, ResultOutcome.Invalid, "Unknown size"),
            FakeResults.Error("row-2", 3, ResultOutcome.Invalid, "Prompt too long"));
        var job = await CollectAsync(3);

        Assert.Equal("All 3 requests failed. Most common: Prompt too long.", await ReasonAsync(job));
    }

    [Theory]
    [InlineData(2, 2, 0, "OpenAI counts 2 requests, we sent 3. Ours count.")]
    [InlineData(3, 1, 1, "OpenAI counts 2 answers, we have 3. Ours count.")]
    [InlineData(3, 5, 0, "OpenAI counts 5 answers, we have 3. Ours count.")]
    public async Task F43_CountsThatDoNotAddUp_AreShown(int total, int completed, int failed, string told)
    {
        _provider.Results = (_, options, _) => PicturesAsync(options, ["row-0", "row-1", "row-2"]);
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Counts = new BatchRequestCounts(total, completed, failed);
        await _engine.RunToEndAsync();

        Assert.Contains(told, await _engine.ReadTimelineAsync(job.Id));
        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task F45_FailedAsAWhole_SaysTheProvidersWords()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Failed;
        _provider.Accepted[0].Errors = [new BatchError("cancelled_by_xai", "JSONL file validation failed")];
        await _engine.RunToEndAsync();

        Assert.Equal("OpenAI rejected the batch: JSONL file validation failed. Nothing was charged.", Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage);
    }

    [Theory]
    [InlineData(BatchStatus.Expired, ResultOutcome.Expired, "Expired: 1 done, 2 not run. OpenAI charges only finished ones.")]
    [InlineData(BatchStatus.Cancelled, ResultOutcome.Cancelled, "Cancelled: 1 done and charged, 2 not run and not charged.")]
    public async Task F46_EndedEarly_CountsDoneAndNotRun(BatchStatus end, ResultOutcome outcome, string told)
    {
        // One row is told of in the error file, as OpenAI does; the other in none.
        _provider.Results = (_, options, _) => MixedAsync(options, outcome);
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        _provider.Accepted[0].Status = end;
        await _engine.RunToEndAsync();

        Assert.Equal(told, await ReasonAsync(job));
        Assert.Contains(told, await _engine.ReadTimelineAsync(job.Id));
    }

    [Theory]
    [InlineData(true, "OpenAI can't deliver this result yet (known problem with large inline batches). Nothing is lost; trying again.")]
    [InlineData(false, "OpenAI can't deliver the results yet. Nothing is lost; trying again.")]
    public async Task F48_ResultsCannotBeHadYet_SaysSoForAsLongAsItTakes(bool inline, string told)
    {
        _provider.Capabilities = _provider.Capabilities with { ResultsInBatch = inline };
        _provider.Results = (_, _, _) => Break(new ProviderException("openai", ProviderFailure.Unavailable, "503"));
        var job = await AtCollectionAsync(2);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(told, (await _engine.ReadJobAsync(job.Id)).Reason);
            await _engine.RunDueInAsync(TimeSpan.FromHours(6));
        }

        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal(RowState.Waiting, r.State));
    }

    [Theory]
    [InlineData("Your prompt was blocked.", "Refused by the provider: Your prompt was blocked.")]
    [InlineData("", "Refused by the provider: no reason was given.")]
    public async Task F50_Refused_SaysByWhomAndWhy(string said, string told)
    {
        var job = await CollectErrorAsync(ResultOutcome.Refused, said);

        var row = Assert.Single(await _engine.ReadRowsAsync(job.Id));
        Assert.Equal((RowState.Refused, told), (row.State, row.ErrorMessage));
    }

    [Fact]
    public async Task F51_FewerPictures_SaysHowMany()
    {
        _provider.Results = (_, options, _) => ThreeOfFourAsync(options);
        var job = await _engine.AddJobAsync(rows: 1, imagesPerRow: 4);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();

        Assert.Equal("3 of 4 images came back.", Assert.Single(await _engine.ReadRowsAsync(job.Id)).ErrorMessage);

        static async IAsyncEnumerable<BatchResult> ThreeOfFourAsync(ResultReadOptions options)
        {
            yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(1), FakeResults.Png(2), FakeResults.Png(3));
        }
    }

    private async Task<Job> AtCollectionAsync(int rows)
    {
        var job = await _engine.AddJobAsync(rows);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(17));
        return job;
    }

    private async Task<Job> CollectAsync(int rows)
    {
        var job = await AtCollectionAsync(rows);
        await _engine.RunToEndAsync();
        return job;
    }

    private Task<Job> CollectErrorAsync(ResultOutcome outcome, string message)
    {
        _provider.Results = (_, options, token) => Read(options, token, FakeResults.Error("row-0", 1, outcome, message));
        return CollectAsync(1);
    }

    private Task<Job> CollectPicturesAsync(int rows, int firstSeed, params string[] ids)
    {
        _provider.Results = (_, options, _) => PicturesAsync(options, ids, firstSeed);
        return CollectAsync(rows);
    }

    private async Task<string?> ReasonAsync(Job job) => Assert.Single(await _engine.ReadPartsAsync(job.Id)).Reason;

    // Read on behind a checkpoint there is nothing more.
    private static async IAsyncEnumerable<BatchResult> Read(ResultReadOptions options, [EnumeratorCancellation] CancellationToken token, params BatchResult[] results)
    {
        await Task.Yield();
        token.ThrowIfCancellationRequested();
        foreach (var result in options.From.Count == 0 ? results : [])
        {
            yield return result;
        }
    }

    private static async IAsyncEnumerable<BatchResult> Break(ProviderException failure)
    {
        await Task.Yield();
        if (failure is not null)
        {
            throw failure;
        }

        yield break;
    }

    private static async IAsyncEnumerable<BatchResult> PicturesAsync(ResultReadOptions options, string[] ids, int firstSeed = 1)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            yield return await FakeResults.PicturesAsync(ids[i], i + 1, options.Sink!, FakeResults.Png(firstSeed + i));
        }
    }

    private static async IAsyncEnumerable<BatchResult> MixedAsync(ResultReadOptions options, ResultOutcome outcome)
    {
        yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(1));
        yield return FakeResults.Error("row-1", 1, outcome);
    }

    private static async IAsyncEnumerable<BatchResult> OneAsync(ResultReadOptions options, byte[] bytes, string? mediaType, string? announced = null)
    {
        await using var writer = await options.Sink!.CreateAsync(Token);
        await writer.WriteAsync(bytes, Token);
        yield return new BatchResult
        {
            CustomId = "row-0",
            Status = BatchResultStatus.Succeeded,
            Outcome = ResultOutcome.Succeeded,
            Images = [new BatchImage { Index = 0, Content = await writer.CompleteAsync(Token), MediaType = mediaType, AnnouncedMediaType = announced }],
            Position = new ResultPosition("output", "file-out", 1000, 1),
        };
    }
}
