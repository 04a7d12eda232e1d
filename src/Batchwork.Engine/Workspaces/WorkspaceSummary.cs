namespace Batchwork.Engine.Workspaces;

/// <summary>A workspace as one of its members sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slug">Its part of addresses.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Role">What the member may do there.</param>
/// <param name="SecondFactorSince">Since when it asks for a second factor; <see langword="null"/> when it does not.</param>
public sealed record WorkspaceSummary(Guid Id, string Slug, string Name, Role Role, DateTimeOffset? SecondFactorSince = null);
