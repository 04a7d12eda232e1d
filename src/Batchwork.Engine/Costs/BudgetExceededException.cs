using System.Globalization;

namespace Batchwork.Engine.Costs;

/// <summary>A budget does not allow what was asked. Nothing was sent. The message is for people.</summary>
public sealed class BudgetExceededException : Exception
{
    private const decimal Micro = 1_000_000m;

    internal BudgetExceededException(BudgetState budget, long needMicroUsd)
        : base(Explain(budget, needMicroUsd))
    {
        Budget = budget;
        NeedMicroUsd = needMicroUsd;
    }

    /// <summary>The budget that does not allow it.</summary>
    public BudgetState Budget { get; }

    /// <summary>What was estimated to be needed.</summary>
    public long NeedMicroUsd { get; }

    private static string Explain(BudgetState budget, long need)
    {
        var whose = budget.ConnectionId is null ? "the workspace's budget" : $"the budget of “{budget.Name}”";
        var needs = need > 0 ? $"This job needs about {Usd(need)}" : "What this job costs is not known";
        return string.Create(CultureInfo.InvariantCulture, $"{needs}; {whose} has {Usd(budget.LeftMicroUsd ?? 0)} left until {budget.ResetsAt:d MMMM HH:mm} UTC. Nothing was sent.");
    }

    private static string Usd(long microUsd) => string.Create(CultureInfo.InvariantCulture, $"${microUsd / Micro:N2}");
}
