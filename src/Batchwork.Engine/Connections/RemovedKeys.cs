using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>Destroys the keys of removed connections, and keys that were replaced, once nobody needs them: no undo any more, no job that still runs.</summary>
public sealed class RemovedKeys(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    /// <summary>How long a removal can be taken back at least.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromHours(1);

    /// <summary>Destroys what can go. Cheap; call it at start and now and then.</summary>
    /// <param name="cancellationToken">Cancels before the next one.</param>
    /// <returns>How many keys were destroyed.</returns>
    public async Task<int> DestroyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow() - UndoTime;
        var removed = await context.Connections
            .Where(c => c.SealedKey != null && c.DeletedAt != null && c.DeletedAt < before)
            .ToListAsync(cancellationToken);
        var destroyed = 0;
        foreach (var connection in removed)
        {
            if (!await context.JobsThatNeed(connection.Id).AnyAsync(cancellationToken))
            {
                connection.SealedKey = null;
                connection.KeyFingerprint = null;
                destroyed++;
            }
        }

        destroyed += await RetiredKeys.DestroyAsync(context, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return destroyed;
    }
}
