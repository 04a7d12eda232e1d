namespace Batchwork.Engine.Workspaces;

/// <summary>The link of an invitation, at the only moment when it is known.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">What they may do when they join.</param>
/// <param name="Token">The secret of the link.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record InvitationLink(Guid Id, string Email, Role Role, string Token, DateTimeOffset ExpiresAt);
