using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>Every public method of the engine that takes an actor × every kind of person × own and foreign, each really called, over open pages.</summary>
public sealed class ServiceMatrixTests(MatrixServer server) : IClassFixture<MatrixServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Methods() => [.. ServiceMethods.WithActor.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_CalledByEachPerson_DoesWhatTheTableSays(string name)
    {
        var row = MatrixTable.Read[name];
        var call = new ServiceCall(server.Services, ServiceMethods.WithActor[name]);
        var own = await WorldAsync();
        var foreign = await WorldAsync();

        Assert.Equal("no actor", row["anonymous"]);
        Assert.Null(await ActorAsync(own, ""));
        Assert.Equal("no actor", row["nobody"]);
        Assert.Null(await ActorAsync(own, "nobody"));
        foreach (var role in MatrixTable.Roles)
        {
            await CheckForeignAsync(call, row, role, own, foreign);
        }

        Assert.Equal("gone", row["removed"]);
        await CheckGoneAsync(call, own, async (owner, userId) => await server.Services.GetRequiredService<MemberService>().RemoveAsync(owner, userId, userId, Token));
        Assert.Equal("gone", row["disabled"]);
        await CheckGoneAsync(call, own, (_, userId) =>
        {
            server.Services.GetRequiredService<Memberships>().Revoke(userId);
            return Task.CompletedTask;
        });
        foreach (var role in MatrixTable.Roles)
        {
            await CheckOwnAsync(call, row[role], role, own);
        }
    }

    [Fact]
    public void Every_MethodWithoutAnActor_IsOnTheReviewedList() =>
        Assert.DoesNotContain(
            ServiceMethods.WithoutActor.Keys,
            name => !MatrixTable.Read.Subjects.Contains(name) || MatrixTable.Read[name]["why it takes no actor"].Length == 0);

    private static async Task CheckOwnAsync(ServiceCall call, string expected, string role, MatrixWorld own)
    {
        if (expected == "denied")
        {
            var refused = await Assert.ThrowsAsync<NotAllowedException>(() => call.AsAsync(own.Actors[role], own, Token));
            Assert.False(refused.IsGone);
            Assert.True(refused.Needed > Enum.Parse<Role>(role));
        }
        else
        {
            Assert.Equal("ok", expected);
            await call.AsAsync(own.Actors[role], own, Token);
        }
    }

    private static async Task CheckForeignAsync(ServiceCall call, IReadOnlyDictionary<string, string> row, string role, MatrixWorld own, MatrixWorld foreign)
    {
        if (row[role] == "denied")
        {
            await Assert.ThrowsAsync<NotAllowedException>(() => call.AsAsync(foreign.Actors[role], own, Token));
            return;
        }

        var answer = await call.AsAsync(foreign.Actors[role], own, Token);
        Assert.DoesNotContain(own.Mark, answer, StringComparison.Ordinal);
        if (row["foreign"] == "missing")
        {
            Assert.True(call.NamesSomething);
            Assert.Equal(await call.AsAsync(foreign.Actors[role], WithIdsOfNothing(own), Token), answer);
        }
        else
        {
            Assert.Equal("own only", row["foreign"]);
            Assert.False(call.NamesSomething, "It names something: the table must say that something foreign is missing.");
        }
    }

    private async Task CheckGoneAsync(ServiceCall call, MatrixWorld own, Func<Actor, string, Task> end)
    {
        var userId = $"gone-{MatrixWorld.NewId():N}";
        await own.AddAsync(server.Services, Role.Owner, userId, Token);
        var open = (await ActorAsync(own, userId))!;
        Assert.Equal(Role.Owner, open.Role);
        await end(own.Actors["Owner"], userId);

        var refused = await Assert.ThrowsAsync<NotAllowedException>(() => call.AsAsync(open, own, Token));
        Assert.True(refused.IsGone);
    }

    private static MatrixWorld WithIdsOfNothing(MatrixWorld world)
    {
        var nothing = new MatrixWorld { Mark = world.Mark, Workspace = world.Workspace, Places = world.Places };
        foreach (var (name, id) in world.Ids)
        {
            nothing.Ids[name] = id is Guid ? new Guid("0197a000-0000-7000-8000-000000000000") : "nobody";
        }

        return nothing;
    }

    private Task<MatrixWorld> WorldAsync() =>
        MatrixWorld.CreateAsync(server.Services, MatrixTable.Roles.Select(r => (Enum.Parse<Role>(r), $"{r}-{MatrixWorld.NewId():N}")), "maker", Token);

    private Task<Actor?> ActorAsync(MatrixWorld world, string userId) =>
        server.Services.GetRequiredService<Memberships>().ActorAsync(world.Workspace.Id, new Person(userId, userId), Token);
}
