namespace Batchwork.Engine.Workspaces;

/// <summary>The actor's role does not allow what was asked, the actor is no member any more, or lacks the second factor that the workspace asks for.</summary>
public sealed class NotAllowedException : Exception
{
    /// <summary>Refuses for want of a role.</summary>
    /// <param name="needed">The role that would do.</param>
    public NotAllowedException(Role needed)
        : this(needed, $"This needs the role {needed}.")
    {
    }

    private NotAllowedException(Role needed, string message)
        : base(message) => Needed = needed;

    /// <summary>The role that would do.</summary>
    public Role Needed { get; }

    /// <summary>Whether the actor was removed, their account was closed or the workspace was archived.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether the actor signed in with a password alone, which is not enough here.</summary>
    public bool NeedsSecondFactor { get; private init; }

    internal static NotAllowedException Gone(Role needed) => new(needed, "You are not in this workspace any more.") { IsGone = true };

    internal static NotAllowedException WithoutSecondFactor(Role needed) => new(needed, "This workspace asks for a second factor.") { NeedsSecondFactor = true };
}
