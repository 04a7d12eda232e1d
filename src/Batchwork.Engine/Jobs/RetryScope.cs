namespace Batchwork.Engine.Jobs;

/// <summary>Which rows are sent again: all that can be retried, those of one cause, or those of one part.</summary>
public sealed record RetryScope
{
    /// <summary>Everything "Retry failed rows" sends.</summary>
    public static RetryScope All { get; } = new();

    /// <summary>Only rows in this state.</summary>
    public RowState? State { get; init; }

    /// <summary>Only rows whose result meant this; looked at together with <see cref="State"/>.</summary>
    public ResultOutcome? Outcome { get; init; }

    /// <summary>Only rows with this code of the provider; looked at together with <see cref="State"/>.</summary>
    public string? Code { get; init; }

    /// <summary>Only rows that were last sent with this part. Rows that were cancelled with it count as unfinished too: a person asks for them.</summary>
    public Guid? PartId { get; init; }

    /// <summary>The rows of a cause.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>Its scope.</returns>
    public static RetryScope Of(ProblemCause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new RetryScope { State = cause.State, Outcome = cause.Outcome, Code = cause.Code };
    }

    /// <summary>The rows of a part that are not done.</summary>
    /// <param name="partId">The part.</param>
    /// <returns>Its scope.</returns>
    public static RetryScope OfPart(Guid partId) => new() { PartId = partId };

    /// <summary>Takes from a job's rows those of the scope that can be sent again.</summary>
    internal IQueryable<JobRow> Of(IQueryable<JobRow> rows) => Within(rows).Where(PartId is null ? RetryRule.CanRetry : RetryRule.IsUnfinished);

    /// <summary>Takes from a job's rows those of the scope that ended without pictures.</summary>
    internal IQueryable<JobRow> Within(IQueryable<JobRow> rows)
    {
        rows = PartId is { } partId ? rows.Where(r => r.PartId == partId && RetryRule.UnfinishedStates.Contains(r.State)) : rows.Where(r => RetryRule.States.Contains(r.State));
        return State is { } state ? rows.Where(r => r.State == state && r.Outcome == Outcome && r.ErrorCode == Code) : rows;
    }
}
