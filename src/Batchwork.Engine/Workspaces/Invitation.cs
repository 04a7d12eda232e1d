namespace Batchwork.Engine.Workspaces;

/// <summary>A way into a workspace for one person, once. The link's secret is nowhere but in the link; here is only its hash.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The address of the only account that may use it, in lower case.</summary>
    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required string InvitedBy { get; init; }

    public required string InvitedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string TokenSha256 { get; set; }

    /// <summary>When its link was made: an invitation can get a new one.</summary>
    public required DateTimeOffset LinkedAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Links that were made for it.</summary>
    public required int Links { get; set; }

    public DateTimeOffset? JoinedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
