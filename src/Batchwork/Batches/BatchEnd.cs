namespace Batchwork;

/// <summary>Why a batch has no results.</summary>
internal static class BatchEnd
{
    /// <exception cref="BatchFailedException">It failed as a whole.</exception>
    /// <exception cref="ResultsNotReadyException">It has not ended.</exception>
    public static void ThrowIfNothingCame(BatchSnapshot batch)
    {
        if (batch.Status == BatchStatus.Failed)
        {
            throw new BatchFailedException(batch);
        }

        if (batch.Status?.IsTerminal() != true)
        {
            throw new ResultsNotReadyException(batch);
        }
    }
}
