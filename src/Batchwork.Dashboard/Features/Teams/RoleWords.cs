using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>What each role may do, in words. Each may also do what those before it may.</summary>
internal static class RoleWords
{
    /// <summary>The roles, the smallest first, each with what it adds.</summary>
    public static IReadOnlyList<(Role Role, string Adds)> All { get; } =
    [
        (Role.Viewer, "sees jobs, pictures and costs"),
        (Role.Reviewer, "picks, rates and downloads pictures"),
        (Role.Creator, "makes, runs, cancels and repairs jobs"),
        (Role.Admin, "manages connections, members, invitations and budgets, and reads the audit log"),
        (Role.Owner, "renames, archives and hands over the workspace, and makes Owners"),
    ];

    /// <summary>Acts and the least role that may do each, for the table "Who can do what".</summary>
    public static IReadOnlyList<(string Act, Role Least)> Acts { get; } =
    [
        ("See jobs, pictures and costs", Role.Viewer),
        ("Pick, rate and download pictures", Role.Reviewer),
        ("Make, run, cancel and repair jobs", Role.Creator),
        ("Manage connections and budgets", Role.Admin),
        ("Invite, change and remove members", Role.Admin),
        ("Read the audit log", Role.Admin),
        ("Make and remove Owners", Role.Owner),
        ("Rename, archive and hand over the workspace", Role.Owner),
    ];
}
