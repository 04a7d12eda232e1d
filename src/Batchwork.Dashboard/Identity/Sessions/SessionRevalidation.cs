using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>
/// Ends open pages whose session does not hold any more: the cookie is only looked at when a circuit begins. It looks again at once when
/// <see cref="IAccessChanges"/> says so, and each minute in case nobody said so.
/// </summary>
internal sealed class SessionRevalidation : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState s_nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly SessionService _sessions;
    private readonly IAccessChanges _changes;
    private IDisposable? _subscription;

    public SessionRevalidation(ILoggerFactory loggers, SessionService sessions, IAccessChanges changes)
        : base(loggers)
    {
        _sessions = sessions;
        _changes = changes;
        AuthenticationStateChanged += Watch;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.SessionId() is { } id && await _sessions.FindAsync(id, cancellationToken) is not null;

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Watch;
        _subscription?.Dispose();
        base.Dispose(disposing);
    }

    private void Watch(Task<AuthenticationState> state) => _ = WatchAsync(state);

    // The state is handed over once, as the circuit begins; a second one comes only from us.
    private async Task WatchAsync(Task<AuthenticationState> state)
    {
        if (_subscription is null && (await state).User is { Identity.IsAuthenticated: true } user)
        {
            _subscription = _changes.Subscribe(user.UserId(), () => _ = LookAsync(state));
        }
    }

    private async Task LookAsync(Task<AuthenticationState> state)
    {
        bool holds;
        try
        {
            holds = await ValidateAuthenticationStateAsync(await state, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The table cannot be read now: the look at the next minute will tell, or fail aloud.
            return;
        }

        if (!holds)
        {
            SetAuthenticationState(Task.FromResult(s_nobody));
        }
    }
}
