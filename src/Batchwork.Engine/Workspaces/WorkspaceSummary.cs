namespace Batchwork.Engine.Workspaces;

/// <summary>A workspace as one of its members sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slug">Its part of addresses.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Role">What the member may do there.</param>
public sealed record WorkspaceSummary(Guid Id, string Slug, string Name, Role Role);
