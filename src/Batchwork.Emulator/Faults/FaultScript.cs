using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Faults;

/// <summary>The faults in force, in the order they were added. Kept in memory: a restart goes well unless told otherwise.</summary>
public sealed class FaultScript
{
    private readonly Lock _lock = new();
    private readonly List<Line> _lines = [];
    private int _added;

    internal FaultScript()
    {
    }

    /// <summary>The rules, with what became of them.</summary>
    public IReadOnlyList<ScriptedFault> Rules
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines.Select(line => new ScriptedFault(line.Id, line.Rule, line.Matched, line.Applied))];
            }
        }
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="FormatException">The rule cannot be understood; the message says why.</exception>
    public string Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var fault = FaultParser.Parse(rule.Do);
        if (rule.After < 0 || rule.Times < 0 || rule.Chance is not (>= 0 and <= 1))
        {
            throw new FormatException("after and times must not be negative, chance must be 0 to 1.");
        }

        lock (_lock)
        {
            var id = $"fault-{++_added}";
            _lines.Add(new Line(id, rule, new CallPattern(rule.On), fault));
            return id;
        }
    }

    /// <summary>Adds a rule.</summary>
    /// <param name="on">The calls, see <see cref="FaultRule.On"/>.</param>
    /// <param name="do">What happens, see <see cref="FaultRule.Do"/>.</param>
    /// <param name="times">How many calls it happens to; 0 for all.</param>
    /// <returns>Its id.</returns>
    public string Add(string on, string @do, int times = 1) => Add(new FaultRule { On = on, Do = @do, Times = times });

    /// <summary>Takes a rule back.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _lines.RemoveAll(line => line.Id == id) > 0;
        }
    }

    /// <summary>Takes all rules back.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _lines.Clear();
        }
    }

    /// <summary>The faults that happen to a call; this counts as one call for each rule that matches.</summary>
    internal IReadOnlyList<(string RuleId, IFault Fault)> Draw(string operation, string method, string path)
    {
        lock (_lock)
        {
            var struck = _lines.Where(line => line.Pattern.Matches(operation, method, path) && line.Strikes());
            return [.. struck.Select(line => (line.Id, line.Fault))];
        }
    }

    private sealed class Line(string id, FaultRule rule, CallPattern pattern, IFault fault)
    {
        private readonly SeededRandom _random = new((ulong)rule.Seed);

        public string Id => id;

        public FaultRule Rule => rule;

        public CallPattern Pattern => pattern;

        public IFault Fault => fault;

        public long Matched { get; private set; }

        public long Applied { get; private set; }

        public bool Strikes()
        {
            Matched++;
            if (Matched <= rule.After || (rule.Times > 0 && Applied >= rule.Times) || _random.Unit() >= rule.Chance)
            {
                return false;
            }

            Applied++;
            return true;
        }
    }
}
