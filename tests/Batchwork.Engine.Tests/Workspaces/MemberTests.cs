using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Tests.Workspaces;

public sealed class MemberTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Remove_WhileAPageIsOpen_RefusesTheNextActionAndAnswersLikeAForeigner()
    {
        await using var team = await TeamFixture.StartAsync();
        var bo = await team.AddAsync("bo", Role.Creator);
        await team.Engine.Get<JobQueries>().CountAsync(bo, Token);

        Assert.Equal(MemberOutcome.Done, await team.Members.RemoveAsync(team.Ana, "bo", "bo", Token));

        var refusal = await Assert.ThrowsAsync<NotAllowedException>(() => team.Engine.Get<JobQueries>().CountAsync(bo, Token));
        Assert.True(refusal.IsGone);
        Assert.True(bo.IsGone);
        Assert.Null(await team.TryOpenPageAsync("bo"));
        Assert.Null(await team.Engine.Get<WorkspaceQueries>().FindAsync("studio", "bo", Token));
    }

    [Fact]
    public async Task ChangeRole_Lowered_HoldsInPagesThatAreOpen()
    {
        await using var team = await TeamFixture.StartAsync();
        var bo = await team.AddAsync("bo", Role.Creator);

        await team.Members.ChangeRoleAsync(team.Ana, "bo", "bo", Role.Viewer, Token);

        Assert.Equal(Role.Viewer, bo.Role);
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Engine.Get<JobService>().CancelAsync(bo, Guid.Empty, Token));
        await team.Engine.Get<JobQueries>().CountAsync(bo, Token);
    }

    [Fact]
    public async Task ChangeRole_RaisedAgain_HoldsInPagesThatAreOpen()
    {
        await using var team = await TeamFixture.StartAsync();
        var bo = await team.AddAsync("bo", Role.Viewer);

        await team.Members.ChangeRoleAsync(team.Ana, "bo", "bo", Role.Creator, Token);

        Assert.False(await team.Engine.Get<JobService>().CancelAsync(bo, Guid.Empty, Token));
    }

    [Fact]
    public async Task LastOwner_CannotBeLoweredOrRemovedOrLeave()
    {
        await using var team = await TeamFixture.StartAsync();

        Assert.Equal(MemberOutcome.LastOwner, await team.Members.ChangeRoleAsync(team.Ana, "ana", "ana", Role.Admin, Token));
        Assert.Equal(MemberOutcome.LastOwner, await team.Members.RemoveAsync(team.Ana, "ana", "ana", Token));
        Assert.Equal(MemberOutcome.LastOwner, await team.Members.LeaveAsync(team.Ana, Token));
        Assert.Equal(Role.Owner, Assert.Single(await team.Members.ListAsync(team.Ana, Token)).Role);
    }

    [Fact]
    public async Task Admin_TouchesNoOwnerAndMakesNone()
    {
        await using var team = await TeamFixture.StartAsync();
        var admin = await team.AddAsync("bo", Role.Admin);
        await team.AddAsync("cleo", Role.Viewer);

        await Assert.ThrowsAsync<NotAllowedException>(() => team.Members.ChangeRoleAsync(admin, "ana", "ana", Role.Viewer, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Members.RemoveAsync(admin, "ana", "ana", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Members.ChangeRoleAsync(admin, "cleo", "cleo", Role.Owner, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Members.ChangeRoleAsync(admin, "bo", "bo", Role.Owner, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Invitations.InviteAsync(admin, "d@example.com", Role.Owner, Token));
        Assert.Equal(MemberOutcome.Done, await team.Members.ChangeRoleAsync(admin, "cleo", "cleo", Role.Admin, Token));
    }

    [Fact]
    public async Task HandOver_ToAMember_SwapsTheOwner()
    {
        await using var team = await TeamFixture.StartAsync();
        var bo = await team.AddAsync("bo", Role.Viewer);

        Assert.Equal(MemberOutcome.Done, await team.Members.HandOverAsync(team.Ana, "bo", "bo", Token));

        Assert.Equal(Role.Owner, bo.Role);
        Assert.Equal(Role.Admin, team.Ana.Role);
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Members.HandOverAsync(team.Ana, "ana", "ana", Token));
    }

    [Fact]
    public async Task ChangeRole_ToSomethingThatIsNoRole_IsRefused()
    {
        await using var team = await TeamFixture.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => team.Members.ChangeRoleAsync(team.Ana, "ana", "ana", (Role)99, Token));
    }

    [Fact]
    public async Task Revoke_OfAClosedAccount_EndsItsActorsUntilThePersonComesBack()
    {
        await using var team = await TeamFixture.StartAsync();

        team.Engine.Get<Memberships>().Revoke("ana");

        Assert.True(team.Ana.IsGone);
        Assert.Equal(Role.Owner, (await team.OpenPageAsync("ana")).Role);
    }

    [Fact]
    public async Task Remove_OfSomebodyWhoInvited_RevokesTheirOpenInvitations()
    {
        await using var team = await TeamFixture.StartAsync();
        var admin = await team.AddAsync("bo", Role.Admin);
        var link = (await team.Invitations.InviteAsync(admin, "d@example.com", Role.Creator, Token)).Links[0];

        await team.Members.RemoveAsync(team.Ana, "bo", "bo", Token);

        Assert.Null(await team.Invitations.FindAsync(link.Token, Token));
    }
}
