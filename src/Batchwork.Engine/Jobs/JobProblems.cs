namespace Batchwork.Engine.Jobs;

/// <summary>What went wrong in a job.</summary>
/// <param name="Causes">Rows that ended badly, grouped by cause, those with most rows first.</param>
/// <param name="MoreCauses">Further causes that are not listed. Their rows are counted in <paramref name="Rows"/>.</param>
/// <param name="Rows">Rows that ended badly in all.</param>
/// <param name="Unmatched">Results that belong to no row.</param>
public sealed record JobProblems(IReadOnlyList<ProblemCause> Causes, int MoreCauses, int Rows, IReadOnlyList<UnmatchedGroup> Unmatched)
{
    public static JobProblems None { get; } = new([], 0, 0, []);
}
