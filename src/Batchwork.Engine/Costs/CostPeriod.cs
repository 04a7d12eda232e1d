namespace Batchwork.Engine.Costs;

/// <summary>What a day or a month cost.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Sum">What was charged.</param>
public sealed record CostPeriod(DateOnly First, CostSum Sum);
