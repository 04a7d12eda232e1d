namespace Batchwork.Engine.Workspaces;

/// <summary>A person in a workspace. The engine knows people by their plain id only.</summary>
public sealed class Member
{
    public required Guid WorkspaceId { get; init; }

    public required string UserId { get; init; }

    public required Role Role { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When they put the list of first steps away.</summary>
    public DateTimeOffset? ChecklistDismissedAt { get; set; }
}
