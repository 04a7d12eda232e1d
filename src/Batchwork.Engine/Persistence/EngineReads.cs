using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Persistence;

/// <summary>Reading for pages.</summary>
internal static class EngineReads
{
    /// <summary>
    /// Runs a read on the thread pool with a context of its own that tracks nothing. EF Core's async methods are synchronous on SQLite, and a
    /// circuit's dispatcher that waits for a query shows nobody anything.
    /// </summary>
    public static Task<T> ReadAsync<T>(
        this IDbContextFactory<EngineDbContext> contexts, Func<EngineDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                await using var context = await contexts.CreateDbContextAsync(cancellationToken);
                context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
                return await read(context);
            },
            cancellationToken);
}
