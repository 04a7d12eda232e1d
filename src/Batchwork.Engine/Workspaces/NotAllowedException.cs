namespace Batchwork.Engine.Workspaces;

/// <summary>The actor's role does not allow what was asked.</summary>
public sealed class NotAllowedException(Role needed)
    : Exception($"This needs the role {needed}.")
{
    /// <summary>The role that would do.</summary>
    public Role Needed { get; } = needed;
}
