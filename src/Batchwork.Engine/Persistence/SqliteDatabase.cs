using Batchwork.Engine.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Persistence;

/// <summary>All that is particular to the SQLite file. Other contexts that live in the same file (sign-in) are configured and migrated by the same two methods.</summary>
public static class SqliteDatabase
{
    /// <summary>Points a context at the data folder's database.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="historyTable">The context's own table of applied migrations.</param>
    public static void UseDataFolder(this DbContextOptionsBuilder options, DataFolder folder, string historyTable)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);

        var connection = new SqliteConnectionStringBuilder { DataSource = folder.Database, DefaultTimeout = 30 };
        options.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsHistoryTable(historyTable));
        options.AddInterceptors(new SqlitePragmaInterceptor());
    }

    /// <summary>Whether a context's tables are up to date.</summary>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns><see langword="false"/> when <see cref="MigrateAsync"/> has something to do.</returns>
    /// <exception cref="NewerDatabaseException">The file was written by a newer version.</exception>
    public static async Task<bool> IsCurrentAsync(DbContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        return applied.FirstOrDefault(a => !known.Contains(a)) is { } unknown
            ? throw new NewerDatabaseException(unknown)
            : applied.Count == known.Count;
    }

    /// <summary>Brings a context's tables up to date. Call it only while the data folder's lock is held.</summary>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancels before the next migration.</param>
    /// <exception cref="NewerDatabaseException">The file was written by a newer version.</exception>
    public static async Task MigrateAsync(DbContext context, CancellationToken cancellationToken)
    {
        // A new file must be WAL from its first page on; EF Core only does this for files it creates itself. Before anything else: a process that was
        // killed while it made the file WAL left a rollback journal, and EF Core's first look opens the file for reading, which cannot roll back
        // (SQLITE_READONLY_ROLLBACK: "attempt to write a readonly database").
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        if (await IsCurrentAsync(context, cancellationToken))
        {
            return;
        }

        // A process that was killed while migrating leaves EF Core's lock row behind and every later start would wait for it for ever
        // (dotnet/efcore#38958). We hold the folder's lock, so the row can only be a dead process's. Remove this when EF Core expires its lock.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }
}
