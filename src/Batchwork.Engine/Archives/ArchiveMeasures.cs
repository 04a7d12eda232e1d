namespace Batchwork.Engine.Archives;

/// <summary>Remembers the measures of the archives asked for lately, by their fingerprint: a browser that takes a broken download up again asks for the same one.</summary>
internal sealed class ArchiveMeasures
{
    private const int Most = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ArchiveMeasure> _measures = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public ArchiveMeasure? Find(string fingerprint)
    {
        lock (_lock)
        {
            return _measures.GetValueOrDefault(fingerprint);
        }
    }

    public void Keep(string fingerprint, ArchiveMeasure measure)
    {
        lock (_lock)
        {
            if (_measures.TryAdd(fingerprint, measure))
            {
                _order.Enqueue(fingerprint);
                if (_order.Count > Most)
                {
                    _measures.Remove(_order.Dequeue());
                }
            }
        }
    }
}
