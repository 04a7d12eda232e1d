using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Jobs;

/// <summary>What a search and a window cost is bounded, whatever is asked for: a term is looked for in each row there is.</summary>
public sealed class SearchBoundTests : IAsyncLifetime
{
    // Ten thousand characters, of those that mean something in a pattern, too; more than SQLite takes as one once they are escaped.
    private static readonly string[] s_long = [new('x', 10_000), new('%', 40_000), new('_', 40_000), string.Concat(Enumerable.Repeat("%_", 20_000)), string.Concat(Enumerable.Repeat("🦊", 20_000))];

    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Search_ForALongText_IsAnsweredLikeAnyOther()
    {
        var job = await new JobBuilder(_engine.Services, _engine.Owner).Named("Rows").In(JobState.Running).Rows(3, RowState.Waiting).SaveAsync(Token);
        foreach (var term in s_long)
        {
            Assert.Equal(0, (await _engine.Get<JobQueries>().ListAsync(_engine.Owner, new JobFilter { Search = term }, Token)).Total);
            Assert.Equal(0, (await _engine.Get<JobQueries>().RowsAsync(_engine.Owner, job, new RowFilter { Search = term }, Token)).Total);
            Assert.Equal(0, (await _engine.Get<AuditQueries>().ListAsync(_engine.Owner, new AuditFilter { Search = term, Thing = term }, Token)).Total);
        }
    }

    [Fact]
    public void Pattern_OfALongText_LooksForItsBeginning()
    {
        Assert.Equal($"%{new string('x', LikePattern.MaxLength)}%", LikePattern.Contains(new string('x', 10_000)));
        Assert.Equal($"%{string.Concat(Enumerable.Repeat("\\%", LikePattern.MaxLength))}%", LikePattern.Contains(new string('%', 10_000)));
        Assert.Equal($"%x{string.Concat(Enumerable.Repeat("🦊", (LikePattern.MaxLength / 2) - 1))}%", LikePattern.Contains("x" + string.Concat(Enumerable.Repeat("🦊", 5_000))));
    }

    [Theory]
    [InlineData(int.MinValue, int.MaxValue)]
    [InlineData(-1, int.MaxValue)]
    [InlineData(0, 201)]
    public async Task Window_LargerThanAnyPageShows_IsCut(int offset, int count)
    {
        var job = await new JobBuilder(_engine.Services, _engine.Owner).Named("Rows").In(JobState.Running).Rows(250, RowState.Waiting).SaveAsync(Token);

        var rows = await _engine.Get<JobQueries>().RowsAsync(_engine.Owner, job, new RowFilter { Offset = offset, Count = count }, Token);
        var after = await _engine.Get<JobQueries>().RowsAsync(_engine.Owner, job, new RowFilter { Offset = int.MaxValue, Count = count }, Token);

        Assert.Equal((200, 250), (rows.Items.Count, rows.Total));
        Assert.Empty(after.Items);
    }
}
