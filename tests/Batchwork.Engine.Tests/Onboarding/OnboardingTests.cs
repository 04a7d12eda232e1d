using Batchwork.Engine.Connections;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Onboarding;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Onboarding;

public sealed class OnboardingTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChecklistService Steps => _engine.Get<ChecklistService>();

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Read_AsStepsAreDone_FollowsWhatIsThere()
    {
        await new JobBuilder(_engine).Demo().In(JobState.Done).Rows(2, RowState.Stored).SaveAsync(Token);
        var first = (await Steps.ReadAsync(_engine.Owner, Token))!;
        Assert.Equal((false, false, false, false, 0), (first.HasConnection, first.HasColleague, first.HasBudget, first.Demo.IsEmpty, first.Done));

        await _engine.Get<BudgetService>().SetAsync(_engine.Owner, null, 1_000_000, Token);
        await using (var context = _engine.CreateContext())
        {
            context.Members.Add(new Member { WorkspaceId = _engine.WorkspaceId, UserId = "bo", Role = Role.Viewer, JoinedAt = _engine.Time.GetUtcNow() });
            context.Connections.Add(Account(tested: null));
            await context.SaveChangesAsync(Token);
        }

        var second = (await Steps.ReadAsync(_engine.Owner, Token))!;
        Assert.Equal((false, true, true, 2), (second.HasConnection, second.HasColleague, second.HasBudget, second.Done));

        await using (var context = _engine.CreateContext())
        {
            await context.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.TestedAt, _engine.Time.GetUtcNow()), Token);
        }

        Assert.True((await Steps.ReadAsync(_engine.Owner, Token))!.HasConnection);
        await _engine.Get<DemoDataService>().DeleteAsync(_engine.Owner, Token);
        Assert.Null(await Steps.ReadAsync(_engine.Owner, Token));
    }

    [Fact]
    public async Task Read_PutAwayOrWithoutRights_IsNotThere()
    {
        Assert.Null(await Steps.ReadAsync(_engine.As(Role.Creator), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => Steps.DismissAsync(_engine.As(Role.Creator), Token));

        Assert.True(await Steps.DismissAsync(_engine.Owner, Token));

        Assert.Null(await Steps.ReadAsync(_engine.Owner, Token));
    }

    [Fact]
    public async Task Delete_OfTheDemosData_LeavesEverythingElse()
    {
        var done = await new JobBuilder(_engine).Demo().In(JobState.Done).Rows(2, RowState.Stored).SaveAsync(Token);
        var running = await new JobBuilder(_engine).Demo().In(JobState.Running).Rows(1, RowState.Waiting).SaveAsync(Token);
        var paid = await new JobBuilder(_engine).In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);
        await _engine.Get<DemoConnections>().EnsureAsync(_engine.WorkspaceId, Token);

        var service = _engine.Get<DemoDataService>();
        Assert.Equal(new DemoData(2, 1, 2, 0, 0), await service.PreviewAsync(_engine.Owner, Token));
        await using (var context = _engine.CreateContext())
        {
            context.Connections.Add(Account(tested: null));
            await context.SaveChangesAsync(Token);
        }

        Assert.Equal(new DemoData(2, 1, 2, 0, 3), await service.DeleteAsync(_engine.Owner, Token));

        await using var after = _engine.CreateContext();
        var deleted = await after.Jobs.Where(j => j.DeletedAt != null).OrderBy(j => j.Id).ToListAsync(Token);
        Assert.Equal(new[] { done, running }.Order(), deleted.Select(j => j.Id).Order());
        Assert.NotNull(deleted.Single(j => j.Id == running).CancelRequestedAt);
        Assert.Null(deleted.Single(j => j.Id == done).CancelRequestedAt);
        Assert.True(await after.Jobs.AnyAsync(j => j.Id == paid && j.DeletedAt == null, Token));
        Assert.Equal("Studio", Assert.Single(await _engine.Get<ConnectionQueries>().ListAsync(_engine.Owner, Token)).Label);
        await Assert.ThrowsAsync<NotAllowedException>(() => service.DeleteAsync(_engine.As(Role.Creator), Token));
    }

    private Connection Account(DateTimeOffset? tested) => new()
    {
        Id = Guid.CreateVersion7(_engine.Time.GetUtcNow()),
        WorkspaceId = _engine.WorkspaceId,
        Provider = "openai",
        Label = "Studio",
        IsDemo = false,
        TestedAt = tested,
        CreatedAt = _engine.Time.GetUtcNow(),
    };
}
