using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Drafts;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Costs;

/// <summary>Budgets of a workspace in which a picture is estimated at $0.0265.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private const long Picture = 26_500;

    private readonly DraftFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestEngine Engine => _fixture.Engine;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Run_WithinTheBudget_HoldsItsEstimate()
    {
        await SetAsync(null, 10 * Picture);

        await RunAsync(await DraftAsync(4));

        var budget = await StateAsync();
        Assert.Equal((0L, 4 * Picture, 6 * Picture, 40, BudgetLevel.Fine), (budget.ChargedMicroUsd, budget.HeldMicroUsd, budget.LeftMicroUsd!.Value, budget.Percent!.Value, budget.Level));
    }

    [Fact]
    public async Task Run_OverTheBudget_StartsNothingAndSaysWhatIsLeftUntilWhen()
    {
        await SetAsync(null, 61_000_000);
        var draft = await DraftAsync(3_661);

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => RunAsync(draft));

        Assert.Equal("This job needs about $97.02; the workspace's budget has $61.00 left until 1 December 00:00 UTC. Nothing was sent.", refused.Message);
        Assert.Equal((3_661 * Picture, null), (refused.NeedMicroUsd, refused.Budget.ConnectionId));
        await using var context = Engine.CreateContext();
        Assert.False(await context.Jobs.AnyAsync(Token));
    }

    [Fact]
    public async Task Run_TwoAtOnceThatDoNotBothFit_OnlyOneIsStarted()
    {
        await SetAsync(null, 10 * Picture);
        var drafts = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            drafts.Add(await DraftAsync(6));
        }

        var outcomes = await Task.WhenAll(drafts.Select(async draft =>
        {
            try
            {
                await RunAsync(draft);
                return true;
            }
            catch (BudgetExceededException)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, started => started);
        Assert.Equal(6 * Picture, (await StateAsync()).HeldMicroUsd);
    }

    [Fact]
    public async Task Run_OverTheConnectionsBudget_NamesIt()
    {
        await SetAsync(null, 100 * Picture);
        var connection = await ConnectionAsync();
        await SetAsync(connection, 2 * Picture);

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await RunAsync(await DraftAsync(3)));

        Assert.Contains("the budget of “Main” has $0.05 left", refused.Message, StringComparison.Ordinal);
        Assert.Equal(connection, refused.Budget.ConnectionId);
    }

    [Fact]
    public async Task Run_OfTheDemo_IsNeverStopped()
    {
        await SetAsync(null, 0);
        var upload = await _fixture.UploadAsync("prompt\nA\n");
        await using (var context = Engine.CreateContext())
        {
            var demo = await context.Connections.Where(c => c.IsDemo).Select(c => c.Id).SingleAsync(Token);
            await context.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.ConnectionId, demo), Token);
        }

        Assert.NotEqual(Guid.Empty, await RunAsync(upload));
        Assert.Equal(0, (await StateAsync()).HeldMicroUsd);
    }

    [Theory]
    [InlineData(79, 100, BudgetLevel.Fine)]
    [InlineData(80, 100, BudgetLevel.Near)]
    [InlineData(999, 1_000, BudgetLevel.Near)]
    [InlineData(100, 100, BudgetLevel.UsedUp)]
    [InlineData(0, 0, BudgetLevel.UsedUp)]
    public async Task State_AsItFills_WarnsAtEightyAndStopsAtAHundred(long charged, long limit, BudgetLevel level)
    {
        await SetAsync(null, limit);
        await ChargeAsync(new DateOnly(2026, 11, 22), charged);

        Assert.Equal(level, (await StateAsync()).Level);
    }

    [Fact]
    public async Task Run_PriceNotKnown_NeedsABudgetThatIsNotUsedUp()
    {
        await SetAsync(null, 10 * Picture);
        var draft = await DraftAsync(1, "1536x1024");
        await ChargeAsync(new DateOnly(2026, 11, 22), 10 * Picture);

        var refused = await Assert.ThrowsAsync<BudgetExceededException>(() => RunAsync(draft));
        Assert.StartsWith("What this job costs is not known; the workspace's budget has $0.00 left", refused.Message, StringComparison.Ordinal);

        await SetAsync(null, 11 * Picture);
        await RunAsync(draft);
    }

    [Fact]
    public async Task State_OnTheFirstOfTheMonth_BeginsAnewAtMidnightUtc()
    {
        await SetAsync(null, 100);
        await ChargeAsync(new DateOnly(2026, 11, 30), 100);
        Engine.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero));
        var before = await StateAsync();
        Engine.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        var after = await StateAsync();

        Assert.Equal((BudgetLevel.UsedUp, Engine.Time.GetUtcNow()), (before.Level, before.ResetsAt));
        Assert.Equal((BudgetLevel.Fine, 0L, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)), (after.Level, after.UsedMicroUsd, after.ResetsAt));
    }

    [Fact]
    public async Task State_RowsOfUnknownCost_CountWithTheirEstimate()
    {
        await SetAsync(null, 100);
        await ChargeAsync(new DateOnly(2026, 11, 2), null, estimate: 90);

        var budget = await StateAsync();

        Assert.Equal((0L, 1, 90L, BudgetLevel.Near), (budget.ChargedMicroUsd, budget.UnknownRows, budget.UnknownMicroUsd, budget.Level));
    }

    [Fact]
    public async Task Retry_OverTheBudget_SendsNothing()
    {
        var job = await new JobBuilder(Engine).In(JobState.DoneWithProblems).Rows(2, RowState.Stored).Rows(3, RowState.Failed, outcome: ResultOutcome.Transient).SaveAsync(Token);
        await SetAsync(null, 2 * Picture);

        await Assert.ThrowsAsync<BudgetExceededException>(() => Engine.Get<JobService>().RetryFailedAsync(Engine.Owner, job, Token));

        await SetAsync(null, 3 * Picture);
        Assert.Equal(3, await Engine.Get<JobService>().RetryFailedAsync(Engine.Owner, job, Token));
    }

    [Fact]
    public async Task Set_ByOthersOrForOthers_IsRefused()
    {
        var service = Engine.Get<BudgetService>();
        var stranger = await Engine.AddStrangerAsync(Token);

        await Assert.ThrowsAsync<NotAllowedException>(() => service.SetAsync(Engine.As(Role.Creator), null, 1, Token));
        Assert.False(await service.SetAsync(stranger, await ConnectionAsync(), 1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => service.SetAsync(Engine.Owner, null, -1, Token));
        Assert.Null((await StateAsync()).LimitMicroUsd);
    }

    [Fact]
    public async Task Set_ToNothing_RemovesIt()
    {
        await SetAsync(null, 100);
        await SetAsync(null, null);

        Assert.Null((await StateAsync()).LimitMicroUsd);
    }

    [Fact]
    public async Task Run_OverAConnectionForAdmins_NeedsOne()
    {
        var draft = await DraftAsync(1);
        await using (var context = Engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.UsableBy, Role.Admin), Token);
        }

        var refused = await Assert.ThrowsAsync<DraftNotReadyException>(() => Engine.Get<JobStarter>().RunAsync(Engine.As(Role.Creator), draft, Token));
        Assert.StartsWith("Jobs over “Main” need the role Admin.", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await _fixture.Queries.GetAsync(Engine.As(Role.Creator), draft, Token))!.Connections);
        await Engine.Get<JobStarter>().RunAsync(Engine.As(Role.Admin), draft, Token);
    }

    private async Task<Guid> DraftAsync(int rows, string size = "1024x1024")
    {
        var draft = await _fixture.UploadAsync("prompt,size\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"Prompt {i},{size}\n")));
        return draft;
    }

    private Task<Guid> RunAsync(Guid draft) => Engine.Get<JobStarter>().RunAsync(Engine.Owner, draft, Token);

    private async Task SetAsync(Guid? connection, long? microUsd) => await Engine.Get<BudgetService>().SetAsync(Engine.Owner, connection, microUsd, Token);

    private async Task<BudgetState> StateAsync() => (await Engine.Get<CostQueries>().BudgetsAsync(Engine.Owner, Token))[0];

    private async Task<Guid> ConnectionAsync()
    {
        await using var context = Engine.CreateContext();
        return await context.Connections.Where(c => c.Label == "Main").Select(c => c.Id).SingleAsync(Token);
    }

    private async Task ChargeAsync(DateOnly day, long? microUsd, long? estimate = null)
    {
        await using var context = Engine.CreateContext();
        context.CostLines.Add(new CostLine
        {
            RowId = Guid.CreateVersion7(Engine.Time.GetUtcNow()),
            TryNumber = 1,
            WorkspaceId = Engine.WorkspaceId,
            JobId = Guid.CreateVersion7(Engine.Time.GetUtcNow()),
            ConnectionId = await ConnectionAsync(),
            Day = day,
            MicroUsd = microUsd,
            EstimateMicroUsd = estimate,
            Basis = microUsd is null ? CostBasis.Unknown : CostBasis.Reported,
        });
        await context.SaveChangesAsync(Token);
    }
}
