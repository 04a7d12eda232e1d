using System.Globalization;

namespace Batchwork;

/// <summary>
/// Collects the problems of a batch. A problem that comes from the batch's defaults is told once, not for each of 50,000 rows; and past a
/// bound problems are counted, not kept.
/// </summary>
/// <param name="wholeBatch">Whether a whole batch is looked at. If not, problems of defaults are told with the one request that is.</param>
internal sealed class ProblemList(bool wholeBatch)
{
    private const int MaxKept = 10_000;

    private readonly List<RequestProblem> _kept = [];
    private readonly HashSet<(string Code, string? Field)> _ofDefaults = [];
    private int _errorsNotKept;
    private int _warningsNotKept;

    public bool HasErrors { get; private set; }

    public void Error(string code, string? customId, string? field, string message, string? suggestion = null) =>
        Add(new RequestProblem(ProblemSeverity.Error, code, customId, field, message, suggestion), ValueOrigin.Row);

    public void Warn(string code, string? customId, string? field, string message, string? suggestion = null) =>
        Add(new RequestProblem(ProblemSeverity.Warning, code, customId, field, message, suggestion), ValueOrigin.Row);

    public void Add(RequestProblem problem, ValueOrigin origin)
    {
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        if (wholeBatch && origin == ValueOrigin.Default)
        {
            if (!_ofDefaults.Add((problem.Code, problem.Field)))
            {
                return;
            }

            problem = problem with { CustomId = null };
        }

        if (_kept.Count < MaxKept)
        {
            _kept.Add(problem);
        }
        else if (problem.Severity == ProblemSeverity.Error)
        {
            _errorsNotKept++;
        }
        else
        {
            _warningsNotKept++;
        }
    }

    /// <summary>The problems that do not keep the batch from being sent.</summary>
    public IReadOnlyList<RequestProblem> Warnings() => [.. All().Where(p => p.Severity == ProblemSeverity.Warning)];

    /// <summary>All problems, errors first, each kind in the order in which it was found.</summary>
    public IReadOnlyList<RequestProblem> All()
    {
        var all = _kept.OrderByDescending(p => p.Severity).ToList();
        AddCount(all, ProblemSeverity.Error, _errorsNotKept);
        AddCount(all, ProblemSeverity.Warning, _warningsNotKept);
        return all;
    }

    private static void AddCount(List<RequestProblem> all, ProblemSeverity severity, int count)
    {
        if (count > 0)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"There are {count} more problems of this severity; only the first {MaxKept} are listed.");
            all.Add(new RequestProblem(severity, "more-problems", null, null, text));
        }
    }
}
