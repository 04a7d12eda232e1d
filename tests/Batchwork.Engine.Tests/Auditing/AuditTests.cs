using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Tests.Workspaces;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Auditing;

public sealed class AuditTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Act_OfAMember_SaysWhoWhatBeforeAfterAndFromWhere()
    {
        await using var team = await TeamFixture.StartAsync();
        await team.AddAsync("bo", Role.Creator);
        team.Engine.Time.Advance(TimeSpan.FromSeconds(1));

        await team.Members.ChangeRoleAsync(team.Ana, "bo", "Bo", Role.Viewer, Token);

        var entry = (await ListAsync(team, new AuditFilter { Thing = "member" }))[0];
        Assert.Equal(
            new AuditItem(team.Engine.Time.GetUtcNow(), "Studio", "ana", AuditActions.MemberRoleChanged, "Bo", "Creator", "Viewer", "192.0.2.7", "Firefox on Linux"),
            entry);
    }

    [Fact]
    public async Task Act_ThatIsNotDone_LeavesNoEntry()
    {
        await using var team = await TeamFixture.StartAsync();

        await team.Members.RemoveAsync(team.Ana, "ana", "Ana", Token);
        await team.Engine.Get<JobService>().CancelAsync(team.Ana, Guid.CreateVersion7(team.Engine.Time.GetUtcNow()), Token);

        Assert.Empty(await ListAsync(team, new AuditFilter()));
    }

    [Fact]
    public async Task Jobs_CancelledRenamedDeleted_AreNoted()
    {
        await using var team = await TeamFixture.StartAsync();
        var service = team.Engine.Get<JobService>();
        var running = await new JobBuilder(team.Engine).Rows(1, RowState.Waiting).SaveAsync(Token);
        var ended = await new JobBuilder(team.Engine).In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);

        await service.CancelAsync(team.Ana, running, Token);
        await service.RenameAsync(team.Ana, ended, "Autumn", Token);
        await service.DeleteAsync(team.Ana, ended, Token);
        await service.RestoreAsync(team.Ana, ended, Token);

        Assert.Equal(
            [AuditActions.JobCancelled, AuditActions.JobDeleted, AuditActions.JobRenamed, AuditActions.JobRestored],
            (await ListAsync(team, new AuditFilter { Thing = "job" })).Select(e => e.Action).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET \"By\" = 'nobody'")]
    [InlineData("DELETE FROM AuditEntries")]
    [InlineData("INSERT OR REPLACE INTO AuditEntries (Id, At, \"By\", Action, Subject) SELECT Id, At, 'nobody', Action, Subject FROM AuditEntries")]
    public async Task Entries_ThatAreThere_CannotBeChangedOrRemoved(string sql)
    {
        await using var team = await TeamFixture.StartAsync();
        await team.Engine.Get<AuditLog>().WriteAsync(team.Ana, AuditActions.ArchiveDownloaded, "Spring", null, Token);
        await using var context = team.Engine.CreateContext();

        await Assert.ThrowsAsync<SqliteException>(() => context.Database.ExecuteSqlRawAsync(sql, Token));

        Assert.Equal("ana", Assert.Single(await ListAsync(team, new AuditFilter())).By);
    }

    [Fact]
    public async Task List_ByAnAdminOfAnotherWorkspace_ShowsNothingOfThis()
    {
        await using var team = await TeamFixture.StartAsync();
        await team.AddAsync("bo", Role.Creator);
        var stranger = await team.Engine.AddStrangerAsync(Token);

        Assert.Equal(0, (await team.Engine.Get<AuditQueries>().ListAsync(stranger, new AuditFilter(), Token)).Total);
        await Assert.ThrowsAsync<NotAllowedException>(() => team.Engine.Get<AuditQueries>().ListAsync(team.Engine.As(Role.Creator), new AuditFilter(), Token));
        Assert.Equal(2, (await team.Engine.Get<AuditQueries>().ListAllAsync(new Administrator("ana", "Ana"), new AuditFilter(), Token)).Total);
    }

    [Fact]
    public async Task List_WithAFilter_FindsByPersonSubjectThingAndTime()
    {
        await using var team = await TeamFixture.StartAsync();
        var log = team.Engine.Get<AuditLog>();
        await log.WriteAsync(team.Ana, AuditActions.ArchiveDownloaded, "100%_Spring", null, Token);
        team.Engine.Time.Advance(TimeSpan.FromHours(1));
        await log.WriteAsync(team.Ana, AuditActions.JobRun, "Autumn", null, Token);
        var now = team.Engine.Time.GetUtcNow();

        Assert.Single(await ListAsync(team, new AuditFilter { Search = "%_sp" }));
        Assert.Equal(2, (await ListAsync(team, new AuditFilter { Search = "ANA" })).Count);
        Assert.Equal("Autumn", Assert.Single(await ListAsync(team, new AuditFilter { Thing = "job" })).Subject);
        Assert.Equal("Autumn", Assert.Single(await ListAsync(team, new AuditFilter { From = now })).Subject);
        Assert.Equal("100%_Spring", Assert.Single(await ListAsync(team, new AuditFilter { Until = now })).Subject);
        Assert.Equal("100%_Spring", Assert.Single(await ListAsync(team, new AuditFilter { Offset = 1, Count = 1 })).Subject);
    }

    private static async Task<IReadOnlyList<AuditItem>> ListAsync(TeamFixture team, AuditFilter filter) =>
        (await team.Engine.Get<AuditQueries>().ListAsync(team.Ana, filter, Token)).Items;
}
