using Batchwork.Engine.Jobs;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Workspaces;

public sealed class WorkspaceLifeTests
{
    private static readonly Administrator s_root = new("ana", "Ana");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Fjällräven: Spring", "fjallraven-spring")]
    [InlineData("  Two   words ", "two-words")]
    [InlineData("日本", "workspace")]
    [InlineData("Studio", "studio-2")]
    public async Task Create_WithAName_MakesAnAddressOfIt(string name, string slug)
    {
        await using var team = await TeamFixture.StartAsync();

        var made = await team.Engine.Get<WorkspaceService>().CreateAsync(s_root, name, Token);

        Assert.Equal((slug, Role.Owner), (made!.Slug, made.Role));
        Assert.Equal(2, (await team.Engine.Get<WorkspaceQueries>().ListAsync("ana", Token)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u200b ")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task Create_WithoutAFitName_MakesNothing(string name)
    {
        await using var team = await TeamFixture.StartAsync();

        Assert.Null(await team.Engine.Get<WorkspaceService>().CreateAsync(s_root, name, Token));
    }

    [Fact]
    public async Task Rename_ByTheOwner_KeepsTheAddress()
    {
        await using var team = await TeamFixture.StartAsync();

        Assert.True(await team.Engine.Get<WorkspaceService>().RenameAsync(team.Ana, "Atelier", Token));

        Assert.Equal("Atelier", (await team.Engine.Get<WorkspaceQueries>().FindAsync("studio", "ana", Token))!.Name);
        Assert.False(await team.Engine.Get<WorkspaceService>().RenameAsync(team.Ana, " ", Token));
    }

    [Fact]
    public async Task Archive_OfAQuietWorkspace_ClosesItForOpenPagesUntilItsOwnerRestoresIt()
    {
        await using var team = await TeamFixture.StartAsync();
        await team.AddAsync("bo", Role.Admin);
        var service = team.Engine.Get<WorkspaceService>();

        Assert.True((await service.ArchiveAsync(team.Ana, Token)).IsArchived);

        await Assert.ThrowsAsync<NotAllowedException>(() => team.Engine.Get<JobQueries>().CountAsync(team.Ana, Token));
        Assert.Null(await team.TryOpenPageAsync("ana"));
        Assert.Empty(await team.Engine.Get<WorkspaceQueries>().ListAsync("ana", Token));
        Assert.Empty(await team.Engine.Get<WorkspaceQueries>().ListArchivedAsync("bo", Token));
        Assert.Null(await service.RestoreAsync(new Person("bo", "bo"), team.Engine.WorkspaceId, Token));
        Assert.Equal(team.Engine.WorkspaceId, Assert.Single(await team.Engine.Get<WorkspaceQueries>().ListArchivedAsync("ana", Token)).Id);
        Assert.NotNull(await service.RestoreAsync(new Person("ana", "ana"), team.Engine.WorkspaceId, Token));
        Assert.Equal(Role.Owner, (await team.OpenPageAsync("ana")).Role);
    }

    [Fact]
    public async Task Archive_WhileAJobRuns_IsRefused()
    {
        await using var team = await TeamFixture.StartAsync();
        await new JobBuilder(team.Engine).Rows(1, RowState.Waiting).SaveAsync(Token);

        Assert.Equal(new ArchiveOutcome(IsArchived: false, RunningJobs: 1), await team.Engine.Get<WorkspaceService>().ArchiveAsync(team.Ana, Token));
        Assert.False(team.Ana.IsGone);
    }
}
