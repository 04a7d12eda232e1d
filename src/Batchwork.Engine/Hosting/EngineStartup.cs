using System.Security.Cryptography;
using Batchwork.Engine.Persistence;
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
            var id = Ulid.NewUlid(time.GetUtcNow()).ToString();
            context.Installations.Add(new Installation
            {
                // The last characters of a ULID are its random part.
                InstanceId = id[^8..].ToLowerInvariant(),
                Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                CreatedAt = time.GetUtcNow(),
            });
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private void EmptySpool()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Spool))
        {
            File.Delete(file);
        }
    }
}
