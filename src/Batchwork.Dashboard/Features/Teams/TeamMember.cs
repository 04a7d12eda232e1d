using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>A member with the name and address of the person.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address; empty when the account is gone.</param>
/// <param name="Role">What they may do.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="HasSecondFactor">Whether they can sign in with more than a password.</param>
public sealed record TeamMember(string UserId, string Name, string Email, Role Role, DateTimeOffset JoinedAt, bool HasSecondFactor);
