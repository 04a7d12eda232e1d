namespace Batchwork.Engine.Costs;

/// <summary>A month of a workspace's costs.</summary>
public sealed record CostOverview
{
    public required BillingMonth Month { get; init; }

    /// <summary>Whether it is the month that goes on.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>Budgets as they are now: the workspace's first, then those of its connections. The month that is shown does not change them.</summary>
    public required IReadOnlyList<BudgetState> Budgets { get; init; }

    public required CostSum Sum { get; init; }

    /// <summary>Every day of the month, also those on which nothing was charged.</summary>
    public required IReadOnlyList<CostPeriod> Days { get; init; }

    /// <summary>Twelve months that end with the one shown.</summary>
    public required IReadOnlyList<CostPeriod> Months { get; init; }

    /// <summary>The most expensive first.</summary>
    public required IReadOnlyList<CostShare> Connections { get; init; }

    /// <inheritdoc cref="Connections"/>
    public required IReadOnlyList<CostShare> Members { get; init; }

    /// <inheritdoc cref="Connections"/>
    public required IReadOnlyList<CostShare> Jobs { get; init; }
}
