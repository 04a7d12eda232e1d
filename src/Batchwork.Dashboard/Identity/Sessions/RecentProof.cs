using System.Security.Claims;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>
/// Whether a person showed a moment ago that it is them. Asked for before anything that outlives a stolen session: keys of providers, ways to sign
/// in. Services check it themselves; pages look before, and send who did not to <see cref="Address"/>.
/// </summary>
internal sealed class RecentProof(SessionService sessions, TimeProvider time) : ISessionProofs
{
    /// <summary>How long a proof counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Whether the proof is there.</summary>
    /// <param name="user">The person, with their session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> when they signed in or proved themself within <see cref="Lifetime"/>.</returns>
    public async Task<bool> IsThereAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.SessionId() is { } id && await IsRecentAsync(id, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> IsRecentAsync(Guid sessionId, CancellationToken cancellationToken) =>
        await sessions.FindAsync(sessionId, cancellationToken) is { } session && time.GetUtcNow() - session.ProvedAt < Lifetime;

    /// <summary>Throws unless the person of a session has just shown that it is them.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="ProofNeededException">They have not.</exception>
    public async Task RequireAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        if (!await IsRecentAsync(sessionId, cancellationToken))
        {
            throw new ProofNeededException();
        }
    }

    /// <summary>The page that asks for it.</summary>
    /// <param name="returnUrl">Where to go on.</param>
    /// <returns>Its address.</returns>
    public static string Address(string returnUrl) => $"/account/confirm?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
