namespace Batchwork.Engine.Workspaces;

/// <summary>An invitation as whoever has its link sees it.</summary>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="Slug">Its part of addresses.</param>
/// <param name="Email">The address of the account that may use it.</param>
/// <param name="Role">What they may do there.</param>
/// <param name="InvitedByName">Who invited them.</param>
/// <param name="ExpiresAt">Until when the link works.</param>
public sealed record InvitationView(string Workspace, string Slug, string Email, Role Role, string InvitedByName, DateTimeOffset ExpiresAt);
