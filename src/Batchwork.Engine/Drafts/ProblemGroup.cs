using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>The same problem in one or many rows.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Rows">How many rows have it.</param>
/// <param name="FirstRows">The numbers of the first of them, at most 10, as the person's own program shows them.</param>
public sealed record ProblemGroup(RowProblem Problem, int Rows, IReadOnlyList<int> FirstRows);
