using System.Globalization;

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

    /// <summary>Makes one that sums up its problems.</summary>
    /// <param name="problems">All problems, errors first.</param>
    /// <returns>The exception.</returns>
    internal static BatchValidationException Of(IReadOnlyList<RequestProblem> problems)
    {
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).ToList();
        var first = errors[0];
        var where = (first.CustomId, first.Field) switch
        {
            ({ } id, { } field) => $"request '{id}', {field}: ",
            ({ } id, null) => $"request '{id}': ",
            _ => "",
        };
        var others = errors.Count - 1;
        var more = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" And {others} more {(others == 1 ? "problem" : "problems")}.");
        return new BatchValidationException($"The batch cannot be sent: {where}{first.Message}{more}", problems);
    }

    /// <summary>Every fault, not only the first.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }
}
