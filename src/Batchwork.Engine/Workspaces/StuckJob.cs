namespace Batchwork.Engine.Workspaces;

/// <summary>A job that waits for its provider longer than nearly all before it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">How long, measured by what was seen, for example "Pending 31 h — longer than 97 % of your Gemini jobs".</param>
public sealed record StuckJob(Guid Id, string Name, string Text);
