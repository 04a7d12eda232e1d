namespace Batchwork;

/// <summary>A batch has no results yet. Wait for it first.</summary>
public sealed class ResultsNotReadyException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="batch">The batch.</param>
    public ResultsNotReadyException(BatchSnapshot batch)
        : base(Describe(batch))
    {
        Batch = batch;
    }

    /// <summary>The batch.</summary>
    public BatchSnapshot Batch { get; }

    private static string Describe(BatchSnapshot batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return $"Batch {batch.Id} has no results yet: its status is '{batch.RawStatus}'. Wait for it first.";
    }
}
