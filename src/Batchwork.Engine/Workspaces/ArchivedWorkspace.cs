namespace Batchwork.Engine.Workspaces;

/// <summary>A workspace that nobody may enter until one of its Owners restores it.</summary>
/// <param name="Id">The workspace.</param>
/// <param name="Name">Its name.</param>
/// <param name="ArchivedAt">Since when.</param>
public sealed record ArchivedWorkspace(Guid Id, string Name, DateTimeOffset ArchivedAt);
