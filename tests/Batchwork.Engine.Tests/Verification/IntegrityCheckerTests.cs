using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Engine.Verification;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Verification;

public sealed class IntegrityCheckerTests : IAsyncLifetime
{
    /// <summary>Another accepted attempt for each part; the index that forbids it goes first.</summary>
    private const string SubmittedTwice = """
        DROP INDEX IX_SubmissionAttempts_PartId;
        CREATE TEMP TABLE again AS SELECT * FROM SubmissionAttempts;
        UPDATE again SET Id = hex(randomblob(16)), Number = Number + 1, Tag = Tag || 'b', BatchId = BatchId || 'b';
        INSERT INTO SubmissionAttempts SELECT * FROM again;
        """;

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Check_NothingStored_FindsNothing() => Assert.Empty(await FaultsAsync());

    [Fact]
    public async Task Check_JobsOnTheirWay_FindsNothing()
    {
        await _engine.AddJobAsync(rows: 2);
        Assert.Empty(await FaultsAsync());
        await _engine.RunDueAsync();
        Assert.Empty(await FaultsAsync());
        _provider.FailCreateAfter = new BatchOutcomeUnknownException("openai", ProviderFailure.Connection, "The connection broke.");
        await _engine.AddJobAsync(rows: 2);
        await _engine.RunDueAsync();
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Check_AJobThatWentWellAndOneWithProblems_FindsNothing()
    {
        await FinishAsync();
        Assert.Empty(await FaultsAsync());
    }

    [Theory]
    // Submissions
    [InlineData("I1", "submitted more than once", SubmittedTwice)]
    [InlineData("I1", "nobody decided", "UPDATE SubmissionAttempts SET State = 7")]
    [InlineData("I1", "never marked", "UPDATE SubmissionAttempts SET SentAt = NULL")]
    [InlineData("I2", "more than one attempt", "UPDATE SubmissionAttempts SET BatchId = 'batch_same'")]
    [InlineData("I2", "which no attempt submitted", "UPDATE JobParts SET BatchId = 'batch_foreign'")]
    [InlineData("I2", "does not carry the tag", "UPDATE SubmissionAttempts SET InstanceId = 'elsewher'")]
    [InlineData("I8", "under fence", "UPDATE SubmissionAttempts SET Fence = 1000")]
    // Ledger
    [InlineData("I3", "requested 4 rows but has 3", "DELETE FROM JobRows WHERE \"Index\" = 3")]
    [InlineData("I3", "is in no part", "UPDATE JobRows SET PartId = NULL WHERE \"Index\" = 2")]
    [InlineData("I3", "of its rows are unexplained", "UPDATE JobRows SET State = 0 WHERE \"Index\" = 2")]
    [InlineData("I3", "was planned with", "UPDATE JobParts SET RequestCount = 3")]
    [InlineData("I4", "says 5 of 1 images", "UPDATE JobRows SET StoredImages = 5 WHERE \"Index\" = 0")]
    [InlineData("I4", "says 0 of 1 images, but 0", "UPDATE JobRows SET State = 1 WHERE \"Index\" = 2")]
    [InlineData("I4", "not numbered", "UPDATE StoredImages SET \"Index\" = \"Index\" + 1")]
    // Progress
    [InlineData("I6", "not all of its parts", "UPDATE JobParts SET State = 0, NextCheckAt = 1")]
    [InlineData("I6", "is open", "UPDATE SubmissionAttempts SET State = 3")]
    [InlineData("I6", "no batch of it was accepted", "UPDATE JobParts SET State = 2, NextCheckAt = 1, BatchId = NULL")]
    [InlineData("I7", "nothing will ever look", "UPDATE JobParts SET State = 2, NextCheckAt = NULL")]
    [InlineData("I7", "does not say why", "UPDATE JobParts SET State = 5, Reason = NULL")]
    [InlineData("I7", "have ended, but the job has not", "UPDATE Jobs SET State = 3")]
    // Secrets
    [InlineData("I9", "the answer kept of part", "UPDATE JobParts SET RawAnswer = '{\"error\":\"Incorrect key sk-test-canary\"}'")]
    [InlineData("I9", "the message of attempt", "UPDATE SubmissionAttempts SET Message = 'sk-test-canary'")]
    [InlineData("I9", "the message of row", "UPDATE JobRows SET ErrorMessage = 'key sk-test-canary is wrong' WHERE \"Index\" = 1")]
    [InlineData("I9", "the timeline entry", "UPDATE Activities SET Text = Text || ' sk-test-canary'")]
    // The file
    [InlineData("database", "refers to a row of", "DELETE FROM JobParts", true)]
    public async Task Check_SomethingBroken_NamesIt(string invariant, string words, string sql, bool withoutForeignKeys = false)
    {
        await FinishAsync();
        await FinishAsync();

        await ExecuteAsync(withoutForeignKeys ? "PRAGMA foreign_keys=OFF;" + sql : sql);

        Assert.Contains(await FaultsAsync(), f => f.Invariant == invariant && f.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_PictureGone_NamesIt()
    {
        await FinishAsync();
        File.Delete(PictureFiles()[0]);

        Assert.Contains("is not on disk", Assert.Single(await FaultsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PictureCutOff_NamesIt()
    {
        await FinishAsync();
        await using (var file = File.OpenWrite(PictureFiles()[0]))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.Contains("bytes instead of", Assert.Single(await FaultsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PictureChanged_NamesIt()
    {
        await FinishAsync();
        var bytes = await File.ReadAllBytesAsync(PictureFiles()[0], Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(PictureFiles()[0], bytes, Token);

        var fault = Assert.Single(await FaultsAsync());
        Assert.Equal("I5", fault.Invariant);
        Assert.Contains("other bytes than its name says", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PictureOfAnUnmatchedResultGone_NamesIt()
    {
        await FinishAsync(async sink => [await FakeResults.PicturesAsync("stranger", 9, sink, FakeResults.Png(77))]);
        Assert.Empty(await FaultsAsync());
        string extra;
        await using (var context = _engine.CreateContext())
        {
            extra = Assert.Single(await context.UnmatchedResults.Select(u => u.Images).SingleAsync(Token));
        }

        _engine.Get<IImageStore>().Delete(Path.GetFileNameWithoutExtension(extra), MediaTypes.Png);

        Assert.Contains("is not on disk", Assert.Single(await FaultsAsync()).Message, StringComparison.Ordinal);
    }

    private async Task<List<IntegrityFault>> FaultsAsync() => await _engine.Get<IntegrityChecker>().CheckAsync(_ => { }, Token).ToListAsync(Token);

    private async Task ExecuteAsync(string sql)
    {
        await using var context = _engine.CreateContext();
        await context.Database.OpenConnectionAsync(Token);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }

    private string[] PictureFiles() => Directory.GetFiles(_engine.DataFolder.Images, "*.png", SearchOption.AllDirectories);

    /// <summary>Four rows: two stored, one refused, one without an answer.</summary>
    private async Task FinishAsync(Func<IImageSink, Task<IEnumerable<BatchResult>>>? more = null)
    {
        _provider.Results = (_, options, _) => ReadAsync(options.Sink!, more);
        var job = await _engine.AddJobAsync(rows: 4);
        await ExecuteAsync($"UPDATE Connections SET SealedKey = '{_engine.Get<Batchwork.Engine.Connections.IKeySealer>().Seal(_engine.WorkspaceId, job.ConnectionId, "sk-test-canary")}' WHERE upper(Id) = '{job.ConnectionId.ToString().ToUpperInvariant()}'");
        await _engine.RunDueAsync();
        _provider.Accepted[^1].Complete();
        await _engine.RunToEndAsync();
        Assert.Equal(JobState.DoneWithProblems, (await _engine.ReadJobAsync(job.Id)).State);
    }

    private static async IAsyncEnumerable<BatchResult> ReadAsync(IImageSink sink, Func<IImageSink, Task<IEnumerable<BatchResult>>>? more)
    {
        yield return await FakeResults.PicturesAsync("row-0", 1, sink, FakeResults.Png(1));
        yield return await FakeResults.PicturesAsync("row-1", 2, sink, FakeResults.Png(2));
        yield return FakeResults.Error("row-2", 3, ResultOutcome.Refused);
        foreach (var result in more is null ? [] : await more(sink))
        {
            yield return result;
        }
    }
}
