namespace Batchwork.Engine.Costs;

/// <summary>How it is known what a row cost.</summary>
public enum CostBasis
{
    /// <summary>It is not: the provider named neither a price nor what was used, or no price of its tokens is known. Never counted as nothing.</summary>
    Unknown = 0,

    /// <summary>The provider named the price (xAI).</summary>
    Reported = 1,

    /// <summary>Tokens that the provider counted, times the prices that were frozen when the job was started.</summary>
    Tokens = 2,
}
