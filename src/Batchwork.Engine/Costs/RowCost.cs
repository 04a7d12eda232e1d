namespace Batchwork.Engine.Costs;

/// <summary>What one try of a row cost.</summary>
/// <param name="RowId">The row.</param>
/// <param name="Number">Its number as the person's own program shows it; <see langword="null"/> when the job was removed.</param>
/// <param name="CustomId">Its id.</param>
/// <param name="TryNumber">Which try, from 1.</param>
/// <param name="Day">The day it was charged, UTC.</param>
/// <param name="MicroUsd">Millionths of a US dollar; <see langword="null"/> when it is not known.</param>
/// <param name="EstimateMicroUsd">What it was estimated to cost.</param>
/// <param name="Basis">How the cost is known.</param>
public sealed record RowCost(Guid RowId, int? Number, string? CustomId, int TryNumber, DateOnly Day, long? MicroUsd, long? EstimateMicroUsd, CostBasis Basis)
{
    /// <summary>How much more it cost than estimated; <see langword="null"/> when one of the two is not known.</summary>
    public long? DifferenceMicroUsd => MicroUsd - EstimateMicroUsd;
}
