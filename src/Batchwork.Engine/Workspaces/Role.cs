namespace Batchwork.Engine.Workspaces;

/// <summary>What a member may do in a workspace. Each role may also do what the roles before it may.</summary>
public enum Role
{
    /// <summary>Sees everything.</summary>
    Viewer = 1,

    /// <summary>Also picks, rates and downloads.</summary>
    Reviewer = 2,

    /// <summary>Also makes, runs, cancels and repairs jobs.</summary>
    Creator = 3,

    /// <summary>Also manages connections, members, budgets and retention.</summary>
    Admin = 4,

    /// <summary>Also renames, archives and hands over the workspace.</summary>
    Owner = 5,
}
