using System.Net;
using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Operations;

/// <summary>Being an administrator is a right of the installation, looked up each time and not taken from a role or a cookie.</summary>
public sealed class SystemDoorTests
{
    private const string Email = "bo@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SystemPage_ForAnAdministrator_Opens()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/w/studio/system"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, "/w/elsewhere/system"));
    }

    [Fact]
    public async Task SystemPage_ForAnOwnerWhoIsNoAdministrator_IsForbidden()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var browser = await OwnerAsync(server);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/w/studio"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, "/w/studio/system"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, "/w/elsewhere/system"));
    }

    [Fact]
    public async Task SystemPage_AfterTheRightWasTakenAway_IsForbiddenWithTheSameCookie()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        await DemoteAsync(server);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, "/w/studio/system"));
    }

    [Fact]
    public async Task Commands_OfSomeoneWhoIsNoAdministratorAnyMore_DoNothing()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var person = await server.OwnerAsync(Token);
        await using var scope = server.Services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetRequiredService<OperationsCommands>();
        Assert.NotNull(await commands.ReadAsync(person.UserId, Token));
        await EnterSafeModeAsync(server);

        await DemoteAsync(server);

        Assert.Null(await commands.ReadAsync(person.UserId, Token));
        Assert.Null(await commands.ReadUnsentAsync(person.UserId, Token));
        Assert.False(await commands.CheckAsync(person.UserId, start: true, Token));
        Assert.False(await commands.ConfirmAsync(person.UserId, null, SafeModeAnswer.Restored, Token));
        Assert.Null(commands.Check);
        Assert.NotNull(await server.Services.GetRequiredService<SafeModeService>().ReadAsync(Token));
    }

    [Fact]
    public async Task Administrators_ForPeopleWhoAreGoneOrNone_FindNobody()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var administrators = server.Services.GetRequiredService<Administrators>();
        var person = await server.OwnerAsync(Token);

        Assert.Equal(new Administrator(person.UserId, "Ana Kovač"), await administrators.FindAsync(person.UserId, Token));
        Assert.Null(await administrators.FindAsync("nobody", Token));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Token);
        return answer.StatusCode;
    }

    private static async Task DemoteAsync(DashboardServer server)
    {
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(Token);
        await context.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.IsAdministrator, false), Token);
    }

    private static async Task EnterSafeModeAsync(DashboardServer server)
    {
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
        await context.Installations.ExecuteUpdateAsync(set => set.SetProperty(i => i.SafeModeSince, DateTimeOffset.UnixEpoch), Token);
    }

    /// <summary>The owner of the workspace, who does not run the installation.</summary>
    private static async Task<HttpClient> OwnerAsync(DashboardServer server)
    {
        var user = new AppUser { Name = "Bo", Email = Email, UserName = Email, EmailConfirmed = true, CreatedAt = DateTimeOffset.UnixEpoch };
        await using (var scope = server.Services.CreateAsyncScope())
        {
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, DashboardServer.Password)).Succeeded);
        }

        await using (var context = await server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token))
        {
            context.Members.Add(new Member { WorkspaceId = (await server.OwnerAsync(Token)).WorkspaceId, UserId = user.Id, Role = Role.Owner, JoinedAt = DateTimeOffset.UnixEpoch });
            await context.SaveChangesAsync(Token);
        }

        var browser = server.Browser();
        using var answer = await browser.PostFormAsync("/sign-in", Token, ("Form.Email", Email), ("Form.Password", DashboardServer.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }
}
