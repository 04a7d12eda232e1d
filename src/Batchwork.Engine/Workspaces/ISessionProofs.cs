namespace Batchwork.Engine.Workspaces;

/// <summary>
/// Who has shown a moment ago, in their session, that it is them. Keys of providers outlive a stolen session, so whoever gives or tries one proves
/// themself first. The host knows its sessions; without a host nobody has proved anything.
/// </summary>
public interface ISessionProofs
{
    /// <summary>Whether the person of a session has just shown that it is them.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns><see langword="true"/> when they have, and the session holds.</returns>
    Task<bool> IsRecentAsync(Guid sessionId, CancellationToken cancellationToken);
}
