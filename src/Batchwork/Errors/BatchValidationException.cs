namespace Batchwork;

/// <summary>A batch cannot be sent as it is. No network call was made.</summary>
public sealed class BatchValidationException : BatchworkException
{
    /// <summary>Makes one for a single fault.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public BatchValidationException(string message)
        : base(message)
    {
        Problems = [new RequestProblem(ProblemSeverity.Error, "invalid", null, null, message)];
    }

    /// <summary>Makes one for all faults of a batch.</summary>
    /// <param name="message">A summary.</param>
    /// <param name="problems">Every fault.</param>
    public BatchValidationException(string message, IReadOnlyList<RequestProblem> problems)
        : base(message)
    {
        Problems = problems;
    }

    /// <summary>Every fault, not only the first.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }
}
