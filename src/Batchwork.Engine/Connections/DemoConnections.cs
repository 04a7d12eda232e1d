using Batchwork.Engine.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>The demo connections of a workspace, one for each provider.</summary>
public sealed class DemoConnections(IDbContextFactory<EngineDbContext> contexts, ConnectionWriter writer, TimeProvider time)
{
    /// <summary>Makes sure that a workspace has its demo connections, also when they were removed.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="cancellationToken">Cancels before they are made.</param>
    /// <returns>The first demo connection.</returns>
    public async Task<Guid> EnsureAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        foreach (var (provider, label) in DemoConnection.All)
        {
            ids.Add(await EnsureAsync(workspaceId, provider, label, cancellationToken));
        }

        return ids[0];
    }

    private async Task<Guid> EnsureAsync(Guid workspaceId, string provider, string label, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var demos = context.Connections.Where(c => c.WorkspaceId == workspaceId && c.IsDemo && c.Provider == provider);
        var demo = await demos.FirstOrDefaultAsync(cancellationToken);
        if (demo is { DeletedAt: null })
        {
            return demo.Id;
        }

        if (demo is null)
        {
            var now = time.GetUtcNow();
            demo = new Connection
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = workspaceId,
                Provider = provider,
                Label = label,
                IsDemo = true,
                CreatedAt = now,
            };
            context.Connections.Add(demo);
        }

        demo.DeletedAt = null;
        try
        {
            await writer.SaveAsync(context, demo, cancellationToken);
            return demo.Id;
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteErrorCode: 19 })
        {
            // Somebody else made it at the same moment; a workspace has one demo of a provider (unique index).
            return await demos.AsNoTracking().Select(c => c.Id).FirstAsync(cancellationToken);
        }
    }
}
