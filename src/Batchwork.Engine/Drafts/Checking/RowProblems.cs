using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>The problems of one row while it is checked.</summary>
internal sealed class RowProblems
{
    private readonly List<RowProblem> _all = [];

    public IReadOnlyList<RowProblem> All => _all;

    public RowCheck Worst { get; private set; }

    public void Error(string code, string? field, string? value, string message, string? suggestion = null) =>
        Add(new RowProblem(RowCheck.Error, code, field, Cut(value), message, suggestion));

    public void Warn(string code, string? field, string? value, string message) =>
        Add(new RowProblem(RowCheck.Warning, code, field, Cut(value), message, null));

    public void Add(RowProblem problem)
    {
        _all.Add(problem);
        Worst = (RowCheck)Math.Max((int)Worst, (int)problem.Severity);
    }

    public bool Has(string? field) => field is not null && _all.Exists(p => p.Field == field);

    public void Clear()
    {
        _all.Clear();
        Worst = RowCheck.Ready;
    }

    private static string? Cut(string? value) => value is null ? null : CellText.Cut(value);
}
