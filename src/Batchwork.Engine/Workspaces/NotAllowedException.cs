namespace Batchwork.Engine.Workspaces;

/// <summary>The actor's role does not allow what was asked, or the actor is no member any more.</summary>
/// <param name="needed">The role that would do.</param>
/// <param name="isGone">Whether the actor is no member any more.</param>
public sealed class NotAllowedException(Role needed, bool isGone = false)
    : Exception(isGone ? "You are not in this workspace any more." : $"This needs the role {needed}.")
{
    /// <summary>The role that would do.</summary>
    public Role Needed { get; } = needed;

    /// <summary>Whether the actor was removed, their account was closed or the workspace was archived.</summary>
    public bool IsGone { get; } = isGone;
}
