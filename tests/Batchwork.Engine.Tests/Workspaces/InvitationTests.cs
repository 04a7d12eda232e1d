using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Tests.Workspaces;

public sealed class InvitationTests
{
    private static readonly Person s_bo = new("bo", "Bo");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invite_ManyAddresses_GivesEachALinkAndStoresOnlyItsHash()
    {
        await using var team = await TeamFixture.StartAsync();

        var made = await team.Invitations.InviteAsync(team.Ana, "Bo <BO@example.com>, cleo@example.com\ndai@example.com eva@example.com; bo@example.com", Role.Creator, Token);

        Assert.Empty(made.Faults);
        Assert.Equal(["bo@example.com", "cleo@example.com", "dai@example.com", "eva@example.com"], made.Links.Select(l => l.Email));
        Assert.All(made.Links, l => Assert.Equal(43, l.Token.Length));
        await using var context = team.Engine.CreateContext();
        Assert.All(context.Invitations, i => Assert.DoesNotContain(made.Links, l => i.TokenSha256.Contains(l.Token, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a@example.com\u0007")]
    [InlineData("a@example.com, b")]
    public async Task Invite_WithABadAddress_InvitesNobody(string addresses)
    {
        await using var team = await TeamFixture.StartAsync();

        var made = await team.Invitations.InviteAsync(team.Ana, addresses, Role.Creator, Token);

        Assert.NotEmpty(made.Faults);
        Assert.Empty(await team.Invitations.ListAsync(team.Ana, Token));
    }

    [Fact]
    public async Task Accept_Twice_LetsOnlyTheFirstIn()
    {
        await using var team = await TeamFixture.StartAsync();
        var link = await InviteAsync(team);

        Assert.Equal(Role.Creator, (await team.Invitations.AcceptAsync(s_bo, "Bo@example.com", link.Token, Token))!.Role);
        Assert.Null(await team.Invitations.AcceptAsync(new Person("eve", "Eve"), "bo@example.com", link.Token, Token));

        Assert.Equal(InvitationState.Joined, Assert.Single(await team.Invitations.ListAsync(team.Ana, Token)).State);
        Assert.Equal(2, (await team.Members.ListAsync(team.Ana, Token)).Count);
    }

    [Fact]
    public async Task Accept_ByAnotherAddress_IsRefused()
    {
        await using var team = await TeamFixture.StartAsync();
        var link = await InviteAsync(team);

        Assert.Null(await team.Invitations.AcceptAsync(new Person("eve", "Eve"), "eve@example.com", link.Token, Token));
        Assert.NotNull(await team.Invitations.FindAsync(link.Token, Token));
    }

    [Fact]
    public async Task Accept_AfterSevenDays_IsRefusedAndShownAsExpired()
    {
        await using var team = await TeamFixture.StartAsync();
        var link = await InviteAsync(team);

        team.Engine.Time.Advance(InvitationService.Lifetime);

        Assert.Null(await team.Invitations.AcceptAsync(s_bo, "bo@example.com", link.Token, Token));
        Assert.Equal(InvitationState.Expired, Assert.Single(await team.Invitations.ListAsync(team.Ana, Token)).State);
    }

    [Fact]
    public async Task Renew_OfAnExpiredOne_MakesANewLinkAndEndsTheOld()
    {
        await using var team = await TeamFixture.StartAsync();
        var old = await InviteAsync(team);
        team.Engine.Time.Advance(InvitationService.Lifetime);

        var renewed = Assert.Single((await team.Invitations.RenewAsync(team.Ana, old.Id, Token)).Links);

        Assert.Null(await team.Invitations.FindAsync(old.Token, Token));
        Assert.NotNull(await team.Invitations.FindAsync(renewed.Token, Token));
    }

    [Fact]
    public async Task Renew_AtOnceOrTooOften_IsRefused()
    {
        await using var team = await TeamFixture.StartAsync();
        var link = await InviteAsync(team);

        Assert.NotEmpty((await team.Invitations.RenewAsync(team.Ana, link.Id, Token)).Faults);
        for (var links = 1; links < InvitationService.LinksPerInvitation; links++)
        {
            team.Engine.Time.Advance(TimeSpan.FromMinutes(2));
            Assert.Empty((await team.Invitations.RenewAsync(team.Ana, link.Id, Token)).Faults);
        }

        team.Engine.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEmpty((await team.Invitations.RenewAsync(team.Ana, link.Id, Token)).Faults);
    }

    [Fact]
    public async Task Revoke_OfAnOpenOne_EndsItsLink()
    {
        await using var team = await TeamFixture.StartAsync();
        var link = await InviteAsync(team);

        Assert.True(await team.Invitations.RevokeAsync(team.Ana, link.Id, Token));
        Assert.False(await team.Invitations.RevokeAsync(team.Ana, link.Id, Token));
        Assert.Null(await team.Invitations.AcceptAsync(s_bo, "bo@example.com", link.Token, Token));
    }

    [Fact]
    public async Task Invite_TheSameAddressAgain_ReplacesTheFirst()
    {
        await using var team = await TeamFixture.StartAsync();
        var first = await InviteAsync(team);
        var second = await InviteAsync(team);

        Assert.Null(await team.Invitations.FindAsync(first.Token, Token));
        Assert.NotNull(await team.Invitations.FindAsync(second.Token, Token));
        Assert.Single(await team.Invitations.ListAsync(team.Ana, Token));
    }

    [Fact]
    public async Task Invite_MoreThanAWorkspaceMayInAnHour_IsRefusedUntilTheHourIsOver()
    {
        await using var team = await TeamFixture.StartAsync();
        for (var start = 0; start < InvitationService.LinksPerHour; start += 100)
        {
            Assert.Empty((await team.Invitations.InviteAsync(team.Ana, Addresses(start, 100), Role.Viewer, Token)).Faults);
        }

        Assert.NotEmpty((await team.Invitations.InviteAsync(team.Ana, "one@example.com", Role.Viewer, Token)).Faults);
        team.Engine.Time.Advance(TimeSpan.FromHours(2));
        Assert.Empty((await team.Invitations.InviteAsync(team.Ana, "one@example.com", Role.Viewer, Token)).Faults);
        Assert.NotEmpty((await team.Invitations.InviteAsync(team.Ana, Addresses(0, 101), Role.Viewer, Token)).Faults);
    }

    [Fact]
    public async Task Accept_ByAMember_KeepsTheirRole()
    {
        await using var team = await TeamFixture.StartAsync();
        await team.AddAsync("bo", Role.Viewer);
        var link = await InviteAsync(team);

        Assert.Equal(Role.Viewer, (await team.Invitations.AcceptAsync(s_bo, "bo@example.com", link.Token, Token))!.Role);
    }

    private static string Addresses(int start, int count) => string.Join('\n', Enumerable.Range(start, count).Select(i => $"person-{i}@example.com"));

    private static async Task<InvitationLink> InviteAsync(TeamFixture team) =>
        (await team.Invitations.InviteAsync(team.Ana, "bo@example.com", Role.Creator, Token)).Links[0];
}
