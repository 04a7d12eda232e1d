using System.Collections.Concurrent;
using System.Text.Json;

namespace Batchwork.Emulator.Storage;

/// <summary>Records that live in memory and, one small file each, on disk. Each change is on disk before anyone is told of it.</summary>
internal sealed partial class RecordFolder<T>
    where T : class
{
    private const string Ending = ".json";
    private readonly ConcurrentDictionary<string, T> _records = new(StringComparer.Ordinal);
    private readonly Lock _change = new();
    private readonly string _folder;

    public RecordFolder(string folder, ILogger logger)
    {
        _folder = folder;
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            try
            {
                _records[Path.GetFileNameWithoutExtension(path)] = DurableFile.ReadJson<T>(path);
            }
            catch (Exception e) when (e is JsonException or InvalidDataException)
            {
                // Of another version, most likely. One record that cannot be read must not keep all others from working.
                File.Move(path, path + ".unreadable", overwrite: true);
                SetAside(logger, e, path);
            }
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

    [LoggerMessage(5201, LogLevel.Warning, "{Path} could not be read and was set aside")]
    private static partial void SetAside(ILogger logger, Exception e, string path);
}
