namespace Batchwork.Engine.Workspaces;

/// <summary>A member as others see them; who the person is, the host knows.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Role">What they may do.</param>
/// <param name="JoinedAt">Since when.</param>
public sealed record MemberItem(string UserId, Role Role, DateTimeOffset JoinedAt);
