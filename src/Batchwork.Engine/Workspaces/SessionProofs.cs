namespace Batchwork.Engine.Workspaces;

internal static class SessionProofs
{
    /// <summary>Throws unless the actor has just shown that it is them. A tool's actor has no session that could be stolen, and passes.</summary>
    /// <exception cref="ProofNeededException">They have not.</exception>
    public static async Task RequireAsync(this ISessionProofs proofs, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.SessionId is { } sessionId && !await proofs.IsRecentAsync(sessionId, cancellationToken))
        {
            throw new ProofNeededException();
        }
    }
}
