using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Dashboard.Tests.Account;

/// <summary>Whatever outlives a stolen session asks the service itself for a recent proof, not only its page.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private static readonly ConnectionEdit s_edit = new() { Provider = "openai", Label = "Studio", ApiKey = "sk-proj-abcdefghijklmnop-9f3Q" };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero));
    private readonly DashboardServer _server;
    private Actor _owner = null!;
    private Guid _session;

    public ProofTests() => _server = new DashboardServer { Configure = services => services.AddSingleton<TimeProvider>(_time) };

    public static TheoryData<string> Protected => [.. s_calls.Keys];

    private static readonly Dictionary<string, Func<IServiceProvider, Actor, Guid, Task>> s_calls = new()
    {
        ["add a connection"] = (s, actor, _) => s.GetRequiredService<ConnectionService>().AddAsync(actor, s_edit, Token),
        ["change a connection"] = (s, actor, _) => s.GetRequiredService<ConnectionService>().UpdateAsync(actor, Guid.Empty, s_edit, Token),
        ["try a key"] = (s, actor, _) => s.GetRequiredService<ConnectionService>().TestAsync(actor, Guid.Empty, s_edit, Token),
        ["change the address"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().ChangeEmailAsync(actor.UserId, session, "new@example.com"),
        ["change the password"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().ChangePasswordAsync(actor.UserId, session, DashboardServer.Password, "quiet river nine lanterns"),
        ["turn the second factor on"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().TurnOnSecondFactorAsync(actor.UserId, session, "none", "000000", Token),
        ["turn the second factor off"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().TurnOffSecondFactorAsync(actor.UserId, session),
        ["make recovery codes"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().RenewRecoveryCodesAsync(actor.UserId, session, Token),
        ["disconnect the sign-in provider"] = (s, actor, session) => s.GetRequiredService<AccountSettings>().DisconnectProviderAsync(actor.UserId, session),
        ["begin a passkey"] = (s, actor, session) => s.GetRequiredService<PasskeyService>().BeginAddAsync(actor.UserId, session),
        ["add a passkey"] = (s, actor, session) => s.GetRequiredService<PasskeyService>().AddAsync(actor.UserId, session, "{}", "Mine"),
        ["remove a passkey"] = (s, actor, session) => s.GetRequiredService<PasskeyService>().RemoveAsync(actor.UserId, session, "none"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.SetUpAsync(Token);
        var owner = await _server.OwnerAsync(Token);
        await using var scope = _server.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<AccountSettings>().ReadAsync(owner.UserId);
        _session = await _server.Services.GetRequiredService<SessionService>().BeginAsync(owner.UserId, user.SecurityStamp!, SignInMethod.Password, address: null, device: null, Token);
        _owner = (await _server.Services.GetRequiredService<Memberships>()
            .ActorAsync(owner.WorkspaceId, new Person(owner.UserId, owner.Name, Origin: null, _session), Token))!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Call_ElevenMinutesAfterTheProof_IsRefused(string what)
    {
        _time.Advance(TimeSpan.FromMinutes(11));
        await using var scope = _server.Services.CreateAsyncScope();

        await Assert.ThrowsAsync<ProofNeededException>(() => s_calls[what](scope.ServiceProvider, _owner, _session));
    }

    [Fact]
    public async Task Call_NineMinutesAfterTheProof_IsDone()
    {
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.NotNull((await _server.Services.GetRequiredService<ConnectionService>().AddAsync(_owner, s_edit, Token)).Id);
    }

    [Fact]
    public async Task Call_InASessionThatEnded_IsRefused()
    {
        await _server.Services.GetRequiredService<SessionService>().EndAllAsync(_owner.UserId, Token);

        await Assert.ThrowsAsync<ProofNeededException>(() => _server.Services.GetRequiredService<ConnectionService>().AddAsync(_owner, s_edit, Token));
    }
}
