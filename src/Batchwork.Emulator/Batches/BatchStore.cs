using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Batches;

/// <summary>All batches.</summary>
internal sealed class BatchStore(EmulatorFolder folder, ILogger<BatchStore> logger)
{
    private readonly RecordFolder<BatchRecord> _records = new(folder.Batches, logger);

    public IEnumerable<BatchRecord> All => _records.All;

    public BatchRecord? Find(string id) => _records.Find(id);

    public BatchRecord? Find(string provider, string id) =>
        Find(id) is { DeletedAt: null } batch && batch.Provider == provider ? batch : null;

    /// <summary>The batches a list shows, newest first.</summary>
    public IReadOnlyList<BatchRecord> List(string provider, DateTimeOffset now) =>
    [
        .. _records.All
            .Where(batch => batch.Provider == provider && batch.DeletedAt is null && batch.ListedAt <= now)
            .OrderByDescending(batch => batch.Sequence),
    ];

    public void Add(BatchRecord batch) => _records.Add(batch.Id, batch);

    public BatchRecord Change(string id, Func<BatchRecord, BatchRecord> change) => _records.Change(id, change);
}
