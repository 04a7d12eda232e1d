using Batchwork.Engine.Auditing;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Workspaces;

/// <summary>A workspace that asks for a second factor holds everybody back who came with a password alone, at once.</summary>
public sealed class SecondFactorRuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TurnedOn_WithPagesOpen_HoldsBackWhoCameWithAPasswordAlone()
    {
        await using var team = await TeamFixture.StartAsync();
        var weak = await team.AddAsync("bo", Role.Admin);
        var strong = (await team.TryOpenPageAsync("ana", hasSecondFactor: true))!;

        Assert.True(await team.Engine.Get<WorkspaceService>().RequireSecondFactorAsync(strong, isRequired: true, Token));

        var refused = Assert.Throws<NotAllowedException>(() => weak.Require(Role.Viewer));
        Assert.Equal((true, false), (refused.NeedsSecondFactor, refused.IsGone));
        Assert.Equal((true, default(Role)), (weak.NeedsSecondFactor, weak.Role));
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Engine.Get<MemberService>().ListAsync(weak, Token));
        Assert.True((await team.TryOpenPageAsync("bo"))!.NeedsSecondFactor);
        Assert.False((await team.TryOpenPageAsync("bo", hasSecondFactor: true))!.NeedsSecondFactor);
        strong.Require(Role.Owner);
    }

    [Fact]
    public async Task TurnedOff_WithPagesOpen_LetsThemGoOn()
    {
        await using var team = await TeamFixture.StartAsync();
        var weak = await team.AddAsync("bo", Role.Admin);
        var strong = (await team.TryOpenPageAsync("ana", hasSecondFactor: true))!;
        await team.Engine.Get<WorkspaceService>().RequireSecondFactorAsync(strong, isRequired: true, Token);

        team.Engine.Time.Advance(TimeSpan.FromMinutes(1));
        await team.Engine.Get<WorkspaceService>().RequireSecondFactorAsync(strong, isRequired: false, Token);

        weak.Require(Role.Admin);
        var log = await team.Engine.Get<AuditQueries>().ListAsync(strong, new AuditFilter { Count = 10 }, Token);
        Assert.Equal(
            [AuditActions.SecondFactorNotRequired, AuditActions.SecondFactorRequired],
            log.Items.Select(e => e.Action).Where(a => a.Contains("second-factor", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TurnOn_WithAPasswordAlone_IsRefused()
    {
        await using var team = await TeamFixture.StartAsync();

        Assert.False(await team.Engine.Get<WorkspaceService>().RequireSecondFactorAsync(team.Ana, isRequired: true, Token));

        team.Ana.Require(Role.Owner);
    }

    [Fact]
    public async Task TurnedOn_AfterARestart_StillHolds()
    {
        await using var team = await TeamFixture.StartAsync();
        var strong = (await team.TryOpenPageAsync("ana", hasSecondFactor: true))!;
        await team.Engine.Get<WorkspaceService>().RequireSecondFactorAsync(strong, isRequired: true, Token);

        var fresh = new Memberships(team.Engine.Get<IDbContextFactory<EngineDbContext>>(), team.Engine.Get<ILiveUpdates>());
        var actor = await fresh.ActorAsync(team.Engine.WorkspaceId, new Person("ana", "Ana"), Token);

        Assert.True(actor!.NeedsSecondFactor);
    }
}
