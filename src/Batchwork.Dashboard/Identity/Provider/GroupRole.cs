using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>What a group at the sign-in provider gives here.</summary>
/// <param name="Group">The group.</param>
/// <param name="Workspace">The workspace's part of addresses.</param>
/// <param name="Role">The role there.</param>
internal sealed record GroupRole(string Group, string Workspace, Role Role);
