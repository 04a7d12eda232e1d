namespace Batchwork.Engine.Workspaces;

/// <summary>A connection over which nothing is sent at the moment.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="WaitingJobs">Jobs that wait for it.</param>
public sealed record PausedConnection(Guid Id, string Label, string Reason, int WaitingJobs);
