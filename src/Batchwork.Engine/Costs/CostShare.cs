namespace Batchwork.Engine.Costs;

/// <summary>What one job, member or connection cost in a month.</summary>
/// <param name="Key">The id of the job, member or connection.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Sum">What was charged.</param>
/// <param name="HeldMicroUsd">What is held for rows that are not settled. Always this month's, whatever month is shown.</param>
public sealed record CostShare(string Key, string Name, CostSum Sum, long HeldMicroUsd)
{
    /// <summary>Whether there is still something to look at under that id.</summary>
    public bool Exists { get; init; } = true;
}
