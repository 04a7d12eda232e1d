using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Files;

/// <summary>All files: uploads with their content, and results, whose content is looked after elsewhere.</summary>
internal sealed class FileStore(EmulatorFolder folder, EmulatorClock clock, ILogger<FileStore> logger)
{
    private readonly RecordFolder<FileRecord> _records = new(folder.Files, logger);

    /// <summary>All records, deleted and expired ones too.</summary>
    public IEnumerable<FileRecord> All => _records.All;

    /// <summary>A record, deleted or expired or not.</summary>
    public FileRecord? Record(string id) => _records.Find(id);

    /// <summary>A file its owner can still see.</summary>
    public FileRecord? Find(string provider, string id) =>
        Record(id) is { } file && file.Provider == provider && file.IsThere(clock.GetUtcNow()) ? file : null;

    /// <summary>A file its owner can still see, by what the API calls it.</summary>
    public FileRecord? FindNamed(string provider, string name)
    {
        var now = clock.GetUtcNow();
        return _records.All
            .Where(file => file.Name == name && file.Provider == provider && file.IsThere(now))
            .MaxBy(file => file.Sequence);
    }

    /// <summary>The files a list shows, newest first.</summary>
    public IReadOnlyList<FileRecord> List(string provider)
    {
        var now = clock.GetUtcNow();
        return [.. _records.All
            .Where(file => file.Provider == provider && file.IsThere(now) && file.ListedAt <= now)
            .OrderByDescending(file => file.Sequence)];
    }

    public void Add(FileRecord file) => _records.Add(file.Id, file);

    public void Delete(string id) => _records.Change(id, file => file with { DeletedAt = file.DeletedAt ?? clock.GetUtcNow() });

    public string ContentOf(string id) => Path.Combine(folder.Files, id + ".bin");

    public string IndexOf(string id) => Path.Combine(folder.Files, id + ".index");

    public string ResultsOf(string id) => Path.Combine(folder.Results, id + ".jsonl");

    /// <summary>Removes a record and everything that was kept with it.</summary>
    public void Purge(string id)
    {
        _records.Remove(id);
        File.Delete(ContentOf(id));
        File.Delete(IndexOf(id));
        File.Delete(ResultsOf(id));
    }
}
