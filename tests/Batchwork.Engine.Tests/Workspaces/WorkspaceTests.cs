using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Workspaces;

public sealed class WorkspaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateFirst_OnAnEmptyInstallation_MakesTheCreatorOwner()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var found = await engine.Get<WorkspaceQueries>().FindAsync("studio", engine.Owner.UserId, Token);

        Assert.Equal(new WorkspaceSummary(engine.WorkspaceId, "studio", "Studio", Role.Owner), found);
    }

    [Fact]
    public async Task CreateFirst_CalledAgain_LeavesTheWorkspaceAndAddsNothing()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var again = await engine.Get<WorkspaceService>().CreateFirstAsync(engine.Owner.UserId, "Studio", "studio", Token);

        Assert.Equal(engine.WorkspaceId, again.Id);
        Assert.Single(await engine.Get<WorkspaceQueries>().ListAsync(engine.Owner.UserId, Token));
    }

    [Theory]
    [InlineData("studio")]
    [InlineData("STUDIO")]
    public async Task Find_ByAnyCase_FindsIt(string slug)
    {
        await using var engine = await TestEngine.StartAsync(Token);

        Assert.NotNull(await engine.Get<WorkspaceQueries>().FindAsync(slug, engine.Owner.UserId, Token));
    }

    [Fact]
    public async Task Find_ForSomeoneElse_AnswersAsIfItWereNotThere()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var stranger = await engine.AddStrangerAsync(Token);

        Assert.Null(await engine.Get<WorkspaceQueries>().FindAsync("studio", stranger.UserId, Token));
        Assert.Null(await engine.Get<WorkspaceQueries>().FindAsync("nothing-here", stranger.UserId, Token));
    }

    [Fact]
    public async Task List_ForAMemberOfOne_ListsOnlyThatOne()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var stranger = await engine.AddStrangerAsync(Token);

        var workspace = Assert.Single(await engine.Get<WorkspaceQueries>().ListAsync(stranger.UserId, Token));

        Assert.Equal("elsewhere", workspace.Slug);
    }

    [Theory]
    [InlineData(Role.Viewer, Role.Creator, false)]
    [InlineData(Role.Creator, Role.Creator, true)]
    [InlineData(Role.Owner, Role.Admin, true)]
    public async Task Require_ByRole_LetsOnlyEnoughPass(Role role, Role needed, bool passes)
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var refused = Record.Exception(() => engine.As(role).Require(needed));

        Assert.Equal(passes, refused is null);
    }
}
