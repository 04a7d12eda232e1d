namespace Batchwork.Engine.Costs;

/// <summary>What is held for a job: the estimates of its rows that are submitted and not settled.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ConnectionId">The connection it is sent over.</param>
/// <param name="MicroUsd">Millionths of a US dollar.</param>
internal sealed record JobHold(Guid JobId, Guid ConnectionId, long MicroUsd);
