using System.Linq.Expressions;

namespace Batchwork.Engine.Jobs;

/// <summary>
/// Which rows "Retry failed rows" sends again: those without any picture for which the same request may well work now. A refused row is not
/// among them (the same prompt is rarely accepted the second time), nor one whose request is wrong, nor a partial one (all its pictures would be
/// paid for again). The button's number and the retry itself both come from here.
/// </summary>
internal static class RetryRule
{
    /// <summary>The rule for queries.</summary>
    public static Expression<Func<JobRow, bool>> CanRetry { get; } = row =>
        row.State == RowState.Expired
        || row.State == RowState.Missing
        || (row.State == RowState.Failed && (row.Outcome == null || row.Outcome != ResultOutcome.Invalid));

    /// <summary>The states in which such rows are, so that an index finds them.</summary>
    public static IReadOnlyList<RowState> States { get; } = [RowState.Failed, RowState.Expired, RowState.Missing];

    /// <summary>The rule for one part, where a person also asks for what was cancelled with it.</summary>
    public static Expression<Func<JobRow, bool>> IsUnfinished { get; } = row =>
        row.State == RowState.Expired
        || row.State == RowState.Missing
        || row.State == RowState.Cancelled
        || (row.State == RowState.Failed && (row.Outcome == null || row.Outcome != ResultOutcome.Invalid));

    public static IReadOnlyList<RowState> UnfinishedStates { get; } = [.. States, RowState.Cancelled];

    /// <summary>The same rule for a row in hand.</summary>
    public static bool Allows(RowState state, ResultOutcome? outcome) =>
        state is RowState.Expired or RowState.Missing || (state == RowState.Failed && outcome != ResultOutcome.Invalid);
}
