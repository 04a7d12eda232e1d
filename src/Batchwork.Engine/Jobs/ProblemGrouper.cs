namespace Batchwork.Engine.Jobs;

/// <summary>Puts rows with the same cause together: same state, outcome, code and message, where messages that differ only in ids are the same.</summary>
internal sealed class ProblemGrouper
{
    private const int Examples = 3;

    /// <summary>What a page lists. Past it a person reads the rows themselves.</summary>
    private const int ShownCauses = 50;

    /// <summary>A bound for memory: messages that differ in every row, in ways nobody foresaw, end as one group of their state.</summary>
    private const int MostGroups = 1_000;

    private readonly Dictionary<GroupKey, Group> _groups = [];
    private int _rows;

    public void Add(ProblemRow row)
    {
        _rows++;
        var key = new GroupKey(row.State, row.Outcome, row.Code, ProblemMessage.WithoutIds(row.Message));
        if (!_groups.TryGetValue(key, out var group))
        {
            key = _groups.Count < MostGroups ? key : new GroupKey(row.State, row.Outcome, null, null);
            if (!_groups.TryGetValue(key, out group))
            {
                _groups[key] = group = new Group(row);
            }
        }

        group.Count(row);
    }

    public JobProblems Finish()
    {
        var causes = _groups.Values.OrderByDescending(g => g.Rows).ThenBy(g => g.FirstNumber).Select(g => g.ToCause()).ToList();
        return new JobProblems(causes.Take(ShownCauses).ToList(), Math.Max(causes.Count - ShownCauses, 0), _rows, []);
    }

    private readonly record struct GroupKey(RowState State, ResultOutcome? Outcome, string? Code, string? Message);

    private sealed class Group(ProblemRow first)
    {
        private readonly List<ProblemExample> _examples = [];
        private DateTimeOffset? _first;
        private DateTimeOffset? _last;

        public int Rows { get; private set; }

        public int FirstNumber => first.Number;

        public void Count(ProblemRow row)
        {
            Rows++;
            if (_examples.Count < Examples)
            {
                _examples.Add(new ProblemExample(row.Number, row.CustomId, row.Prompt));
            }

            _first = row.At < _first || _first is null ? row.At : _first;
            _last = row.At > _last || _last is null ? row.At : _last;
        }

        public ProblemCause ToCause() => new()
        {
            State = first.State,
            Outcome = first.Outcome,
            Code = first.Code,
            Message = first.Message,
            Rows = Rows,
            Examples = _examples,
            First = _first,
            Last = _last,
            CanRetry = RetryRule.Allows(first.State, first.Outcome),
        };
    }
}
