using Batchwork.Engine.Hosting;

namespace Batchwork.Engine.Operations;

/// <summary>What lies on the disk.</summary>
public sealed record StorageFacts
{
    public required string Folder { get; init; }

    public required DiskRoom Disk { get; init; }

    public required long DatabaseBytes { get; init; }

    /// <summary>SQLite's write-ahead log beside it.</summary>
    public required long LogBytes { get; init; }

    /// <summary>Free pages inside the database file.</summary>
    public required long UnusedBytes { get; init; }

    /// <summary>Pictures by the ledger; one that belongs to several rows counts once for each.</summary>
    public required long Pictures { get; init; }

    public required long PictureBytes { get; init; }

    public required long SpoolBytes { get; init; }

    public required string SqliteVersion { get; init; }

    /// <summary>The last change of the tables that was applied.</summary>
    public required string Schema { get; init; }
}
