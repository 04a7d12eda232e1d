using System.Globalization;

namespace Batchwork;

/// <summary>A batch failed as a whole and has no results. <see cref="Errors"/> says why.</summary>
public sealed class BatchFailedException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="batch">The batch.</param>
    public BatchFailedException(BatchSnapshot batch)
        : base(Describe(batch))
    {
        Batch = batch;
    }

    /// <summary>The batch.</summary>
    public BatchSnapshot Batch { get; }

    /// <summary>Why it failed.</summary>
    public IReadOnlyList<BatchError> Errors => Batch.Errors;

    private static string Describe(BatchSnapshot batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Errors.Count == 0)
        {
            return $"Batch {batch.Id} failed; the provider does not say why.";
        }

        var first = batch.Errors[0];
        var line = first.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
        var others = batch.Errors.Count - 1;
        var more = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {others} more)");
        return $"Batch {batch.Id} failed: {first.Message} ({first.Code}{line}){more}";
    }
}
