using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Tests.Persistence;

/// <summary>What a start finds in the data folder after a process died in the middle of its first one.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("batchwork-sqlite-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Found by the crash harness, <c>syscalls --only fsync,fdatasync</c>: every later start failed with "attempt to write a readonly database".</summary>
    [Fact]
    public async Task Migrate_AfterAKillThatLeftARollbackJournal_RollsBackAndGoesOn()
    {
        var folder = new DataFolder(Options.Create(new EngineOptions { DataFolder = Path.Combine(_root, "data") }));
        await LeaveHotJournalAsync(folder.Database);
        var options = new DbContextOptionsBuilder<EngineDbContext>();
        options.UseDataFolder(folder, "__EngineMigrations");
        await using var context = new EngineDbContext(options.Options);

        await SqliteDatabase.MigrateAsync(context, Token);

        Assert.True(await SqliteDatabase.IsCurrentAsync(context, Token));
        Assert.Equal(0, await context.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM Half").SingleAsync(Token));
    }

    /// <summary>A copy of a file whose transaction is half written, taken while it is: what a kill leaves.</summary>
    private async Task LeaveHotJournalAsync(string database)
    {
        var living = Path.Combine(_root, "living.db");
        await using var connection = new SqliteConnection($"Data Source={living}");
        await connection.OpenAsync(Token);
        // A cache of one page spills, so that the file is changed and its journal needed before the transaction ends.
        await ExecuteAsync(connection, "PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; CREATE TABLE Half (Bytes BLOB);");
        await ExecuteAsync(connection, "BEGIN; INSERT INTO Half SELECT randomblob(20000) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8));");
        File.Copy(living, database);
        File.Copy(living + "-journal", database + "-journal");
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
