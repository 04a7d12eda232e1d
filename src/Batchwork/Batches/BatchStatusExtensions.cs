namespace Batchwork;

/// <summary>What follows from a <see cref="BatchStatus"/>.</summary>
public static class BatchStatusExtensions
{
    /// <summary>Whether the batch has ended and will not change any more.</summary>
    /// <param name="status">The status.</param>
    /// <returns><see langword="true"/> for completed, failed, expired and cancelled.</returns>
    public static bool IsTerminal(this BatchStatus status) =>
        status is BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Expired or BatchStatus.Cancelled;
}
