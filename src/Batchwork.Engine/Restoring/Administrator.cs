using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Restoring;

/// <summary>Someone whom the host found to be an administrator of the installation. Whoever makes one answers for that.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Origin">From where they act.</param>
public sealed record Administrator(string UserId, string Name, Origin? Origin = null);
