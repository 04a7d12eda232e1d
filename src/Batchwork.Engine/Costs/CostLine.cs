namespace Batchwork.Engine.Costs;

/// <summary>
/// What one try of one row cost. A try has one line however often its answer is read, because row and try are its key. It stays when the job is
/// deleted: the money is spent all the same.
/// </summary>
public sealed class CostLine
{
    public required Guid RowId { get; init; }

    /// <summary>Which try of the row, from 1.</summary>
    public required int TryNumber { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public required Guid ConnectionId { get; init; }

    /// <summary>The day, UTC, on which the answer was stored. It decides to which month the cost belongs.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Millionths of a US dollar; <see langword="null"/> when it is not known.</summary>
    public long? MicroUsd { get; set; }

    /// <summary>What the row was estimated to cost; <see langword="null"/> when no price was known.</summary>
    public long? EstimateMicroUsd { get; init; }

    public CostBasis Basis { get; set; }
}
