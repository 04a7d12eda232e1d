using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Gathers the problems of all rows into groups, in bounded memory, and lets equal problems share one object.</summary>
internal sealed class ProblemGroups
{
    private const int Kept = 200;
    private const int FirstRows = 10;
    private readonly Dictionary<ProblemKey, Group> _groups = [];
    private readonly Dictionary<RowProblem, RowProblem> _shared = [];

    /// <summary>Counts a row's problems.</summary>
    /// <param name="number">The row's number.</param>
    /// <param name="problems">Its problems.</param>
    /// <returns>The same problems, shared with other rows where they are equal.</returns>
    public IReadOnlyList<RowProblem> Add(int number, IReadOnlyList<RowProblem> problems)
    {
        if (problems.Count == 0)
        {
            return [];
        }

        var shared = new RowProblem[problems.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = Share(problems[i]);
            Count(number, shared[i]);
        }

        return shared;
    }

    /// <summary>The groups: errors before warnings, those with most rows first.</summary>
    /// <returns>At most 200 groups.</returns>
    public IReadOnlyList<ProblemGroup> ToList() =>
    [
        .. _groups.Values
            .OrderByDescending(g => g.Problem.Severity)
            .ThenByDescending(g => g.Rows)
            .Take(Kept)
            .Select(g => new ProblemGroup(GroupTexts.For(g.Problem), g.Rows, g.First)),
    ];

    private RowProblem Share(RowProblem problem)
    {
        if (_shared.TryGetValue(problem, out var known))
        {
            return known;
        }

        if (_shared.Count < Kept * 100)
        {
            _shared.Add(problem, problem);
        }

        return problem;
    }

    private void Count(int number, RowProblem problem)
    {
        var key = ProblemKey.Of(problem);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new Group(problem));
        }

        group.Rows++;
        if (group.First.Count < FirstRows)
        {
            group.First.Add(number);
        }
    }

    private sealed class Group(RowProblem problem)
    {
        public RowProblem Problem { get; } = problem;

        public int Rows { get; set; }

        public List<int> First { get; } = new(1);
    }
}
