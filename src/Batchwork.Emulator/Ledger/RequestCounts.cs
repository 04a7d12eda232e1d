using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Ledger;

/// <summary>
/// Counts requests by operation and answer. Saved at most once a second, not with each request: a killed process may forget the last
/// second of counts, never a ledger entry.
/// </summary>
internal sealed class RequestCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OperationTally> _tallies;
    private readonly TimeProvider _real;
    private readonly string _path;
    private long _savedAt;

    public RequestCounts(EmulatorFolder folder, TimeProvider real)
    {
        _real = real;
        _path = folder.At("requests.json");
        _tallies = File.Exists(_path) ? DurableFile.ReadJson<Dictionary<string, OperationTally>>(_path) : [];
        _savedAt = real.GetTimestamp();
    }

    public void Seen(string operation)
    {
        lock (_lock)
        {
            Tally(operation).Seen++;
        }
    }

    public void Answered(string operation, string answer)
    {
        lock (_lock)
        {
            var answers = Tally(operation).Answers;
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
            if (_real.GetElapsedTime(_savedAt) >= TimeSpan.FromSeconds(1))
            {
                Save();
            }
        }
    }

    public IReadOnlyDictionary<string, OperationCount> Read()
    {
        lock (_lock)
        {
            return _tallies.OrderBy(tally => tally.Key, StringComparer.Ordinal).ToDictionary(
                tally => tally.Key,
                tally => new OperationCount(tally.Value.Seen, new Dictionary<string, long>(tally.Value.Answers)));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _tallies.Clear();
            Save();
        }
    }

    public void SaveNow()
    {
        lock (_lock)
        {
            Save();
        }
    }

    private void Save()
    {
        DurableFile.WriteJson(_path, _tallies);
        _savedAt = _real.GetTimestamp();
    }

    private OperationTally Tally(string operation)
    {
        if (!_tallies.TryGetValue(operation, out var tally))
        {
            _tallies[operation] = tally = new OperationTally();
        }

        return tally;
    }
}
