using Microsoft.Data.Sqlite;

namespace Batchwork.Testing.Engine;

/// <summary>A folder of its own under the system's temporary folder, removed at the end with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("batchwork-test-").FullName;

    public string Path { get; }

    public void Dispose()
    {
        // Pooled connections keep the database open.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
