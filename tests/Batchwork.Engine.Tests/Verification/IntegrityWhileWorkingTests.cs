using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Engine.Verification;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Verification;

/// <summary>The check runs while others write: it must neither see half of what they do nor keep them waiting.</summary>
public sealed class IntegrityWhileWorkingTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(new FakeBatchAdapter());

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Check_TablesChangeMeanwhile_SeesThemAsTheyWereAtItsBeginning()
    {
        await _engine.AddJobAsync(rows: 2);
        var faults = await FaultsAsync(at: p => p.Stage == "what was sent", () => Execute("DELETE FROM JobRows WHERE \"Index\" = 1"));

        Assert.Empty(faults);
        Assert.Contains(await FaultsAsync(), f => f.Invariant == "I3");
    }

    [Fact]
    public async Task Check_JobWithItsPicturesRemovedMeanwhile_IsNoFault()
    {
        await new JobBuilder(_engine).In(JobState.Done).Rows(3, RowState.Stored).Pictures((row, _) => FakeResults.Png(row)).SaveAsync(Token);

        var faults = await FaultsAsync(at: p => p.Pictures == 1, () =>
        {
            Execute("DELETE FROM Jobs");
            Directory.Delete(_engine.DataFolder.Images, recursive: true);
        });

        Assert.DoesNotContain(faults, f => f.Invariant == "I5");
    }

    [Fact]
    public async Task Check_MorePicturesThanAPage_LooksAtEachOnce()
    {
        await new JobBuilder(_engine).In(JobState.Done).Rows(1_203, RowState.Stored).SaveAsync(Token);
        var last = new IntegrityProgress(string.Empty, 0, 0);

        var faults = await _engine.Get<IntegrityChecker>().CheckAsync(p => last = p, Token).ToListAsync(Token);

        Assert.Equal(1_203, faults.Select(f => f.Message).Distinct().Count(m => m.EndsWith("is not on disk.", StringComparison.Ordinal)));
        Assert.Equal(new IntegrityProgress("the pictures on disk", 1_203, 1_203), last);
    }

    [Fact]
    public async Task Check_OnePictureOfMoreRowsThanAPage_IsLookedAtOnce()
    {
        await new JobBuilder(_engine).In(JobState.Done).Rows(1_100, RowState.Stored).SaveAsync(Token);
        Execute($"UPDATE StoredImages SET Sha256 = '{new string('a', 64)}' WHERE RowIndex > 2");
        var last = new IntegrityProgress(string.Empty, 0, 0);

        var faults = await _engine.Get<IntegrityChecker>().CheckAsync(p => last = p, Token).ToListAsync(Token);

        Assert.Equal(4, faults.Count(f => f.Invariant == "I5"));
        Assert.Equal(1_100, last.Pictures);
    }

    private async Task<List<IntegrityFault>> FaultsAsync(Func<IntegrityProgress, bool>? at = null, Action? meanwhile = null)
    {
        var done = meanwhile is null;
        return await _engine.Get<IntegrityChecker>()
            .CheckAsync(
                progress =>
                {
                    if (!done && at!(progress))
                    {
                        done = true;
                        meanwhile!();
                    }
                },
                Token)
            .ToListAsync(Token);
    }

    private void Execute(string sql)
    {
        using var context = _engine.CreateContext();
        context.Database.ExecuteSqlRaw(sql);
    }
}
