using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Workspaces;

/// <summary>The workspace "studio" with people in it, each with an actor as an open page has one.</summary>
internal sealed class TeamFixture : IAsyncDisposable
{
    private TeamFixture(TestEngine engine) => Engine = engine;

    public TestEngine Engine { get; }

    /// <summary>The only Owner, until a test makes another.</summary>
    public Actor Ana { get; private set; } = null!;

    public MemberService Members => Engine.Get<MemberService>();

    public InvitationService Invitations => Engine.Get<InvitationService>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TeamFixture> StartAsync()
    {
        var fixture = new TeamFixture(await TestEngine.StartAsync(Token));
        fixture.Ana = await fixture.OpenPageAsync("ana");
        return fixture;
    }

    /// <summary>Lets somebody in and opens a page for them.</summary>
    public async Task<Actor> AddAsync(string userId, Role role)
    {
        var email = $"{userId}@example.com";
        var made = await Invitations.InviteAsync(Ana, email, role, Token);
        Assert.NotNull(await Invitations.AcceptAsync(new Person(userId, userId), email, made.Links[0].Token, Token));
        return await OpenPageAsync(userId);
    }

    public async Task<Actor> OpenPageAsync(string userId) => await TryOpenPageAsync(userId) ?? throw new InvalidOperationException($"{userId} is no member.");

    public Task<Actor?> TryOpenPageAsync(string userId, bool hasSecondFactor = false) => Engine.Get<Memberships>().ActorAsync(
        Engine.WorkspaceId, new Person(userId, userId, new Origin("192.0.2.7", "Firefox on Linux")) { HasSecondFactor = hasSecondFactor }, Token);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
