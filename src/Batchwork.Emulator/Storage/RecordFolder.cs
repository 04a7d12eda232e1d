using System.Collections.Concurrent;

namespace Batchwork.Emulator.Storage;

/// <summary>Records that live in memory and, one small file each, on disk. Each change is on disk before anyone is told of it.</summary>
internal sealed class RecordFolder<T>
    where T : class
{
    private const string Ending = ".json";
    private readonly ConcurrentDictionary<string, T> _records = new(StringComparer.Ordinal);
    private readonly Lock _change = new();
    private readonly string _folder;

    public RecordFolder(string folder)
    {
        _folder = folder;
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            _records[Path.GetFileNameWithoutExtension(path)] = DurableFile.ReadJson<T>(path);
        }
    }

    public ICollection<T> All => _records.Values;

    public T? Find(string id) => _records.GetValueOrDefault(id);

    public void Add(string id, T record)
    {
        lock (_change)
        {
            DurableFile.WriteJson(PathOf(id), record);
            _records[id] = record;
        }
    }

    /// <summary>Changes a record, one change at a time; a change that returns the record it was given writes nothing.</summary>
    public T Change(string id, Func<T, T> change)
    {
        lock (_change)
        {
            var before = _records[id];
            var after = change(before);
            if (!ReferenceEquals(before, after))
            {
                Add(id, after);
            }

            return after;
        }
    }

    public void Remove(string id)
    {
        lock (_change)
        {
            _records.TryRemove(id, out _);
            File.Delete(PathOf(id));
        }
    }

    private string PathOf(string id) => Path.Combine(_folder, id + Ending);
}
