namespace Batchwork.Engine.Workspaces;

/// <summary>Somebody who is signed in, outside of any workspace. Whoever makes one answers for that.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Name">The person's name, as shown to others.</param>
/// <param name="Origin">From where they act.</param>
/// <param name="SessionId">The session in which they act; <see langword="null"/> for tools, which have none.</param>
public sealed record Person(string UserId, string Name, Origin? Origin = null, Guid? SessionId = null)
{
    /// <summary>Whether they signed in with more than a password: an authenticator's code, a passkey, or elsewhere, where that is asked for.</summary>
    public bool HasSecondFactor { get; init; }
}
