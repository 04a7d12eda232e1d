using System.Security.Cryptography;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Hosting;

/// <summary>What must happen before anything else of the engine runs: one process a folder, tables up to date, leftovers of a dead process gone.</summary>
public sealed class EngineStartup(DataFolder folder, IDbContextFactory<EngineDbContext> contexts, TimeProvider time) : IDisposable
{
    private DataFolderLock? _lock;

    /// <summary>Takes the data folder and changes nothing in it, for whoever only reads.</summary>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public void Take() => _lock ??= DataFolderLock.Take(folder);

    /// <summary>Prepares the data folder. Call it once, before the host starts.</summary>
    /// <param name="cancellationToken">Cancels the preparation.</param>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Take();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await SqliteDatabase.MigrateAsync(context, cancellationToken);
        await EnsureInstallationAsync(context, cancellationToken);
        await BeginEpochAsync(context, cancellationToken);

        // Holding the folder's lock proves that whoever held these is dead.
        await context.JobParts
            .Where(p => p.LeaseOwner != null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LeaseOwner, (string?)null).SetProperty(p => p.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
        EmptySpool();
    }

    public void Dispose() => _lock?.Dispose();

    private async Task EnsureInstallationAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        if (!await context.Installations.AnyAsync(cancellationToken))
        {
            context.Installations.Add(new Installation
            {
                InstanceId = Installation.NewId(time.GetUtcNow()),
                Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                CreatedAt = time.GetUtcNow(),
            });
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>
    /// The database first, then the file: after a crash in between the file is one behind, which is no sign of anything. Only the very first number goes
    /// into the file first, because a database that has one in a folder that has none looks like a copy.
    /// </summary>
    private async Task BeginEpochAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var installation = await context.Installations.SingleAsync(cancellationToken);
        var beside = EpochFile.Read(folder);
        if (installation.SafeModeSince is null && installation.Epoch > 0 && (beside is null || beside > installation.Epoch))
        {
            installation.SafeModeSince = time.GetUtcNow();
            installation.SafeModeReason = beside is null
                ? "The database stands in a data folder that it was not used in before. It looks like a restored backup or a copy."
                : "The database is older than its data folder. It looks like a restored backup.";
        }

        var isFirst = installation.Epoch == 0;
        installation.Epoch = Math.Max(installation.Epoch, beside ?? 0) + 1;
        if (isFirst)
        {
            EpochFile.Write(folder, installation.Epoch);
        }

        await context.SaveChangesAsync(cancellationToken);
        EpochFile.Write(folder, installation.Epoch);
    }

    private void EmptySpool()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Spool))
        {
            File.Delete(file);
        }
    }
}
