namespace Batchwork.Emulator.Batches;

/// <summary>Where a batch is in its life.</summary>
internal enum BatchStatus
{
    Validating,
    Failed,
    InProgress,
    Finalizing,
    Completed,
    Expired,
    Cancelling,
    Cancelled,
}
