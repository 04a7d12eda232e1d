namespace Batchwork.Engine.Workspaces;

/// <summary>What a member may do at this moment. All actors of a person in a workspace share one, so a change reaches their open pages at once.</summary>
internal sealed class Seat(Role? role, WorkspaceRules rules)
{
    private volatile int _role = (int)(role ?? 0);

    /// <summary>What the workspace asks of everybody.</summary>
    public WorkspaceRules Rules { get; } = rules;

    /// <summary>The role; <see langword="null"/> for somebody who is no member any more, which never changes again.</summary>
    public Role? Role
    {
        get => _role == 0 ? null : (Role)_role;
        set => _role = (int)(value ?? 0);
    }
}
