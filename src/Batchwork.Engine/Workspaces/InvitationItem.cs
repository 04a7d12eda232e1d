namespace Batchwork.Engine.Workspaces;

/// <summary>An invitation as those who invite see it.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">What they may do when they join.</param>
/// <param name="State">What became of it.</param>
/// <param name="InvitedByName">Who invited.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Until when the link works.</param>
public sealed record InvitationItem(
    Guid Id, string Email, Role Role, InvitationState State, string InvitedByName, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
