using Batchwork.Engine.Workspaces;
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

    /// <summary>Runs a read for somebody who is a member at this moment; see the other overload.</summary>
    /// <exception cref="NotAllowedException">They are no member any more.</exception>
    public static async Task<T> ReadAsync<T>(
        this IDbContextFactory<EngineDbContext> contexts, Actor actor, Func<EngineDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        return await contexts.ReadAsync(read, cancellationToken);
    }
}
