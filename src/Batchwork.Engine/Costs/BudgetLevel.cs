namespace Batchwork.Engine.Costs;

/// <summary>How full a budget is.</summary>
public enum BudgetLevel
{
    /// <summary>Less than 80 %.</summary>
    Fine = 0,

    /// <summary>80 % or more: people are warned.</summary>
    Near = 1,

    /// <summary>100 % or more: nothing new is started. What runs goes on.</summary>
    UsedUp = 2,
}
