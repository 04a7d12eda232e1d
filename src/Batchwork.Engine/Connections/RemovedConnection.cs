namespace Batchwork.Engine.Connections;

/// <summary>A connection that was removed from the lists.</summary>
/// <param name="Label">What it was called.</param>
/// <param name="RunningJobs">Jobs that still run over it. They go on: its key is kept until the last one has ended.</param>
public sealed record RemovedConnection(string Label, int RunningJobs);
