namespace Batchwork.Engine.Workspaces;

/// <summary>What became of an invitation.</summary>
public enum InvitationState
{
    /// <summary>Its link works.</summary>
    Invited = 1,

    Expired = 2,

    Joined = 3,

    Revoked = 4,
}
