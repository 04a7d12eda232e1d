namespace Batchwork.Engine.Workspaces;

/// <summary>A picture that was stored lately.</summary>
/// <param name="ImageId">The picture.</param>
/// <param name="JobId">Its job.</param>
/// <param name="JobName">Its job's name.</param>
/// <param name="Prompt">The beginning of its prompt.</param>
public sealed record RecentPicture(Guid ImageId, Guid JobId, string JobName, string Prompt);
