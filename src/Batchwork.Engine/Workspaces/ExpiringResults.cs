namespace Batchwork.Engine.Workspaces;

/// <summary>Results that a provider is about to delete and that are not all stored here.</summary>
/// <param name="JobId">Their job.</param>
/// <param name="JobName">Its name.</param>
/// <param name="Provider">The provider's name for people.</param>
/// <param name="At">When the first of them are deleted.</param>
public sealed record ExpiringResults(Guid JobId, string JobName, string Provider, DateTimeOffset At);
