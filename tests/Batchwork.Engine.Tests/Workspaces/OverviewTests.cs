using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Workspaces;

public sealed class OverviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfANewWorkspace_SaysThatNothingWasMadeYet()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var overview = await ReadAsync(engine);

        Assert.True(overview.IsNew);
        Assert.Empty(overview.Running.Items);
        Assert.Empty(overview.NeedYou);
    }

    [Fact]
    public async Task Read_WithJobsInManyStates_SortsThemByWhatTheyNeed()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await new JobBuilder(engine).Named("Spring").In(JobState.Running).Rows(2, RowState.Waiting).SaveAsync(Token);
        await new JobBuilder(engine).Named("Summer").In(JobState.Done).Rows(2, RowState.Stored).SaveAsync(Token);
        await new JobBuilder(engine).Named("Autumn").In(JobState.DoneWithProblems).Rows(1, RowState.Stored).Rows(3, RowState.Failed).SaveAsync(Token);
        await new JobBuilder(engine).Named("Winter").In(JobState.NeedsYou).Rows(1, RowState.Waiting).SaveAsync(Token);

        var overview = await ReadAsync(engine);

        Assert.False(overview.IsNew);
        Assert.Equal(["Spring"], overview.Running.Items.Select(j => j.Name));
        Assert.Equal(["Autumn", "Winter"], overview.NeedYou.Select(j => j.Name).Order());
        Assert.Equal(3, overview.Pictures.Count);
    }

    [Fact]
    public async Task Read_AWeekAfterRowsFailed_DoesNotNagAnyMore()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await new JobBuilder(engine).In(JobState.DoneWithProblems).Rows(3, RowState.Failed).SaveAsync(Token);

        engine.Time.Advance(TimeSpan.FromDays(6));
        Assert.Single((await ReadAsync(engine)).NeedYou);
        engine.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty((await ReadAsync(engine)).NeedYou);
    }

    [Fact]
    public async Task Read_WithAPausedConnection_ShowsItOnceAndNotEachOfItsJobs()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var demo = await engine.Get<DemoConnections>().EnsureAsync(engine.WorkspaceId, Token);
        var job = await new JobBuilder(engine).In(JobState.NeedsYou).Rows(1, RowState.Waiting).SaveAsync(Token);
        await using (var context = engine.CreateContext())
        {
            await context.Connections.Where(c => c.Id == demo).ExecuteUpdateAsync(set => set.SetProperty(c => c.PausedReason, "The key was rejected."), Token);
            await context.Database.ExecuteSqlAsync($"UPDATE Jobs SET ConnectionId = {demo}, Reason = 'The key was rejected.' WHERE Id = {job}", Token);
        }

        var overview = await ReadAsync(engine);

        Assert.Equal([new PausedConnection(demo, "Demo", "The key was rejected.", 1)], overview.Paused);
        Assert.Empty(overview.NeedYou);
    }

    [Fact]
    public async Task Read_JobThatWaitsUnusuallyLong_SaysHowLong()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        for (var i = 0; i < 12; i++)
        {
            await new JobBuilder(engine).In(JobState.Done).Took(TimeSpan.FromHours(2)).Rows(1, RowState.Stored)
                .Part(p => p.ProviderEndedAt = p.SubmittedAt!.Value.AddHours(2)).SaveAsync(Token);
        }

        var job = await new JobBuilder(engine).Named("Stuck").In(JobState.WaitingAtProvider).Rows(1, RowState.Waiting)
            .Part(p => p.SubmittedAt = engine.Time.GetUtcNow().AddHours(-31)).SaveAsync(Token);

        Assert.Equal([new StuckJob(job, "Stuck", "Pending 31 h — longer than 100 % of your OpenAI jobs")], (await ReadAsync(engine)).Stuck);
        Assert.Empty((await engine.Get<OverviewQueries>().ReadAsync(await engine.AddStrangerAsync(Token), Token)).Stuck);
    }

    [Fact]
    public async Task Read_ResultsThatAreAboutToBeDeleted_AreListedTheEarliestFirst()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var now = engine.Time.GetUtcNow();
        await new JobBuilder(engine).Named("Later").Rows(1, RowState.Waiting).Part(p => (p.ExpiryWarnedAt, p.ResultsExpireAt) = (now, now.AddHours(9))).SaveAsync(Token);
        var sooner = await new JobBuilder(engine).Named("Sooner").Rows(1, RowState.Waiting).Part(p => (p.ExpiryWarnedAt, p.ResultsExpireAt) = (now, now.AddHours(3))).SaveAsync(Token);
        await new JobBuilder(engine).Named("Stored").In(JobState.Done).Rows(1, RowState.Stored).Part(p => (p.ExpiryWarnedAt, p.ResultsExpireAt) = (now, now.AddHours(3))).SaveAsync(Token);
        await new JobBuilder(engine).Named("Far off").Rows(1, RowState.Waiting).Part(p => p.ResultsExpireAt = now.AddDays(20)).SaveAsync(Token);
        await new JobBuilder(engine).Named("Gone").Rows(1, RowState.Waiting).Part(p => (p.ExpiryWarnedAt, p.ResultsExpireAt) = (now.AddDays(-2), now.AddHours(-1))).SaveAsync(Token);

        var expiring = (await ReadAsync(engine)).Expiring;

        Assert.Equal(["Sooner", "Later"], expiring.Select(e => e.JobName));
        Assert.Equal(new ExpiringResults(sooner, "Sooner", "OpenAI", now.AddHours(3)), expiring[0]);
    }

    [Fact]
    public async Task Read_InSafeMode_SaysSo()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        Assert.False((await ReadAsync(engine)).IsInSafeMode);

        await using (var context = engine.CreateContext())
        {
            await context.Installations.ExecuteUpdateAsync(set => set.SetProperty(i => i.SafeModeSince, engine.Time.GetUtcNow()), Token);
        }

        Assert.True((await ReadAsync(engine)).IsInSafeMode);
    }

    [Fact]
    public async Task Read_ByAStranger_ShowsNothingOfThisWorkspace()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await new JobBuilder(engine).Rows(2, RowState.Stored).SaveAsync(Token);
        var stranger = await engine.AddStrangerAsync(Token);

        var overview = await engine.Get<OverviewQueries>().ReadAsync(stranger, Token);

        Assert.True(overview.IsNew);
        Assert.Empty(overview.Pictures);
        Assert.Empty(overview.Running.Items);
    }

    [Fact]
    public async Task Read_OfManyPictures_ShowsTheTwelveLatestWithTheirPrompts()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await new JobBuilder(engine).In(JobState.Done).Rows(30, RowState.Stored).Prompts(i => $"Prompt {i} {new string('x', 1_000)}").SaveAsync(Token);

        var pictures = (await ReadAsync(engine)).Pictures;

        Assert.Equal(12, pictures.Count);
        Assert.All(pictures, p => Assert.Equal(300, p.Prompt.Length));
    }

    private static Task<WorkspaceOverview> ReadAsync(TestEngine engine) => engine.Get<OverviewQueries>().ReadAsync(engine.Owner, Token);
}
