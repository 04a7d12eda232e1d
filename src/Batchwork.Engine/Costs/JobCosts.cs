using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Costs;

/// <summary>What a job was estimated to cost, what is held for it, and what it did cost so far.</summary>
public sealed record JobCosts
{
    /// <summary>Whether it is the demo's, which costs nothing.</summary>
    public required bool IsDemo { get; init; }

    /// <summary>What its first try was estimated to cost when it was started.</summary>
    public required JobEstimate Estimate { get; init; }

    /// <summary>Estimates of rows that are submitted and not settled.</summary>
    public required long HeldMicroUsd { get; init; }

    /// <summary>Rows that are submitted and not settled and of which no price is known.</summary>
    public required int HeldUnpricedRows { get; init; }

    /// <summary>What was charged, all tries together, also for what was done before a part expired or was cancelled.</summary>
    public required CostSum Charged { get; init; }

    /// <summary>The prices with which used tokens are counted; <see langword="null"/> when none are known. A price that the provider names itself needs none.</summary>
    public required TokenPrices? Prices { get; init; }

    /// <summary>Requests that were sent again although the provider may have accepted them the first time: they may be charged twice.</summary>
    public required int RequestsInDoubt { get; init; }

    /// <summary>Whether all that can be known is known: nothing is held and no cost is unknown.</summary>
    public bool IsSettled => HeldMicroUsd == 0 && HeldUnpricedRows == 0 && Charged.UnknownRows == 0;
}
