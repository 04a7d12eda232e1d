using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Ledger;

/// <summary>
/// Everything the emulator accepted: the judge of "was this paid twice". An entry is on disk before its call is answered, so whoever got
/// an answer finds it here, and whoever finds nothing here was not charged.
/// </summary>
public sealed class EmulatorLedger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LedgerFile _file;
    private readonly List<LedgerEntry> _entries;
    private long _sequence;

    internal EmulatorLedger(EmulatorFolder folder, RequestCounts counts)
    {
        Counts = counts;
        _file = new LedgerFile(folder.At("ledger.jsonl"));
        _entries = _file.ReadAll();
        _sequence = _entries.Count == 0 ? 0 : _entries.Max(entry => entry.Sequence);
    }

    internal RequestCounts Counts { get; }

    /// <summary>Reads the ledger.</summary>
    public LedgerReport Read()
    {
        lock (_lock)
        {
            var entries = _entries.Where(entry => entry.Kind != LedgerKind.Cleared).ToList();
            var providers = entries.GroupBy(entry => entry.Operation?.Split('.')[0] ?? "").ToDictionary(
                provider => provider.Key, provider => LedgerTotals.Of([.. provider]));
            return new LedgerReport(LedgerTotals.Of(entries), providers, entries, Counts.Read());
        }
    }

    /// <summary>Forgets all entries and counts. Files and batches stay.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            // The line that stays tells a later start which records are older than the clearing and must not be counted again.
            var cleared = new LedgerEntry { Sequence = _sequence, Time = default, Kind = LedgerKind.Cleared };
            _file.StartOver(cleared);
            _entries.Clear();
            _entries.Add(cleared);
            Counts.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Counts.SaveNow();
        _file.Dispose();
    }

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    /// <summary>Writes an entry down. When this returns it is on disk.</summary>
    internal void Append(LedgerEntry entry)
    {
        lock (_lock)
        {
            _file.Append(entry);
            _entries.Add(entry);
        }
    }

    /// <summary>
    /// Adds what was accepted but not written down before the process was killed: a record is written first, its entry second, and only
    /// then is the call answered.
    /// </summary>
    internal void Heal(IEnumerable<LedgerEntry> accepted)
    {
        var cleared = _entries.Where(entry => entry.Kind == LedgerKind.Cleared).Select(entry => entry.Sequence).DefaultIfEmpty().Max();
        var known = _entries.Select(entry => entry.Sequence).ToHashSet();
        foreach (var entry in accepted.Where(entry => entry.Sequence > cleared).OrderBy(entry => entry.Sequence))
        {
            _sequence = Math.Max(_sequence, entry.Sequence);
            if (known.Add(entry.Sequence))
            {
                Append(entry);
            }
        }
    }
}
