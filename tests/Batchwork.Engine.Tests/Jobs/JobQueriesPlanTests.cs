using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Jobs;

/// <summary>Pages read again each second while a job runs, so no query may look at the rows of other jobs, or at rows where an index will do.</summary>
public sealed class JobQueriesPlanTests : IAsyncLifetime
{
    private readonly QueryPlanRecorder _plans = new();
    private TestEngine _engine = null!;
    private Guid _job;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobQueries Queries => _engine.Get<JobQueries>();

    public async ValueTask InitializeAsync()
    {
        _engine = await TestEngine.StartAsync(Token, _plans.AddTo);
        await new JobBuilder(_engine).Named("Other").Rows(50, RowState.Waiting).SaveAsync(Token);
        _job = await new JobBuilder(_engine).Rows(40, RowState.Stored).Rows(5, RowState.Failed, message: "No").Rows(5, RowState.Waiting).SaveAsync(Token);
        _plans.Clear();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task List_CountsLedgersFromIndexesAlone()
    {
        await Queries.ListAsync(_engine.Owner, new JobFilter(), Token);

        var rows = StepsOn("JobRows");
        Assert.Contains(rows, s => s.Contains("COVERING INDEX IX_JobRows_JobId_State_Index_StoredImages", StringComparison.Ordinal));
        Assert.Contains(rows, s => s.Contains("COVERING INDEX IX_JobRows_PartId_State", StringComparison.Ordinal));
        Assert.All(rows, s => Assert.StartsWith("SEARCH", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_SearchesByIndexOnly()
    {
        await Queries.GetAsync(_engine.Owner, _job, Token);

        AssertNoScan();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RowState.Failed)]
    public async Task Rows_ReadTheWindowInOrderWithoutSorting(RowState? state)
    {
        await Queries.RowsAsync(_engine.Owner, _job, new RowFilter { State = state, Offset = 2, Count = 2 }, Token);

        AssertNoScan();
        Assert.DoesNotContain(_plans.Steps, s => s.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_SearchByIndexOnly()
    {
        await Queries.ProblemsAsync(_engine.Owner, _job, Token);

        AssertNoScan();
    }

    [Fact]
    public async Task Activity_SearchesByIndexOnly()
    {
        await Queries.ActivityAsync(_engine.Owner, _job, 0, 50, Token);

        AssertNoScan();
    }

    private void AssertNoScan()
    {
        Assert.NotEmpty(_plans.Steps);
        Assert.DoesNotContain(_plans.Steps, s => s.StartsWith("SCAN", StringComparison.Ordinal) && s != "SCAN CONSTANT ROW");
    }

    /// <summary>EF Core's alias of a table is its first letter; a step names the alias and the index, and the index names the table.</summary>
    private List<string> StepsOn(string table) =>
        _plans.Steps.Where(s => s.Contains($"IX_{table}", StringComparison.Ordinal) || s == $"SCAN {char.ToLowerInvariant(table[0])}").ToList();
}
