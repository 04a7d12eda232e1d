using System.Net;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Teams;

public sealed class WorkspacesPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_ByAnAdministrator_MakesAWorkspaceWithItsDemo()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var answer = await browser.PostFormAsync("/workspaces", Token, ("Form.Name", "Spring Catalogue"));

        Assert.Equal("/w/spring-catalogue", answer.Location());
        using var home = await browser.GetAsync("/w/spring-catalogue", Token);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        var owner = await server.OwnerAsync(Token);
        var made = (await server.Services.GetRequiredService<WorkspaceQueries>().FindAsync("spring-catalogue", owner.UserId, Token))!;
        var actor = new Actor(owner.UserId, owner.Name, made.Id, made.Role);
        Assert.Contains(await server.Services.GetRequiredService<ConnectionQueries>().ListAsync(actor, Token), c => c.IsDemo);
    }

    [Fact]
    public async Task Create_WithoutAName_SaysSo()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var answer = await browser.PostFormAsync("/workspaces", Token, ("Form.Name", " "));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Enter a name", (await answer.DocumentAsync(Token)).QuerySelector(".text-field-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_ByItsOwner_OpensTheWorkspaceAgain()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await server.Services.GetRequiredService<WorkspaceService>().ArchiveAsync(await server.OwnerAsync(Token), Token);
        using (var closed = await browser.GetAsync("/w/studio", Token))
        {
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        }

        using (var door = await browser.GetAsync("/", Token))
        {
            Assert.Equal("/workspaces", door.Location());
        }

        using var answer = await browser.PostFormAsync("/workspaces", Token);

        Assert.Equal("/w/studio", answer.Location());
        using var home = await browser.GetAsync("/w/studio", Token);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }
}
