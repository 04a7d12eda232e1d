using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>Whether a connection may be used: holds it back, lets it go on, removes it and takes that back. Needs the role <see cref="Role.Admin"/>.</summary>
public sealed class ConnectionUse(IDbContextFactory<EngineDbContext> contexts, ConnectionWriter writer, TimeProvider time)
{
    /// <summary>Holds a connection back: nothing new is sent over it, what is at the provider is still collected.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is held back.</param>
    /// <returns>Whether it was not held back yet.</returns>
    public Task<bool> PauseAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken) => ChangeWorkAsync(
        actor,
        connectionId,
        (context, connection) =>
        {
            if (connection.PausedBy is not null)
            {
                return false;
            }

            (connection.PausedBy, connection.PausedByAt) = (actor.Name, time.GetUtcNow());
            context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionPaused, connection.Label, connection.Id, after: connection.WhyPaused);
            return true;
        },
        cancellationToken);

    /// <summary>Lets work over a paused connection go on. The next call shows whether its trouble is over; if not, it is paused again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is resumed.</param>
    /// <returns>Whether it was paused or resting.</returns>
    public Task<bool> ResumeAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken) => ChangeWorkAsync(
        actor,
        connectionId,
        (context, connection) =>
        {
            if (connection is { WhyPaused: null, RestUntil: null })
            {
                return false;
            }

            context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionResumed, connection.Label, connection.Id, connection.WhyPaused);
            (connection.PausedBy, connection.PausedByAt) = (null, null);
            ConnectionHealth.Resume(connection);
            return true;
        },
        cancellationToken);

    /// <summary>Removes a connection from the lists. Jobs that run over it go on, so its key is only destroyed when they have ended, and not before an hour has passed.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is removed.</param>
    /// <returns>What was removed; <see langword="null"/> when there was nothing to remove.</returns>
    public async Task<RemovedConnection?> DeleteAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.FindConnectionAsync(actor, connectionId, cancellationToken);
        if (connection is null)
        {
            return null;
        }

        connection.DeletedAt = time.GetUtcNow();
        context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionRemoved, connection.Label, connection.Id, connection.Facts());
        await writer.SaveAsync(context, connection, cancellationToken);
        var running = await context.JobsThatNeed(connectionId).CountAsync(cancellationToken);
        return new RemovedConnection(connection.Label, running);
    }

    /// <summary>Takes a removal back.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is restored.</param>
    /// <returns>Whether it is in the lists again. Not when its key was destroyed meanwhile.</returns>
    public async Task<bool> RestoreAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.Connections.FirstOrDefaultAsync(c => c.Id == connectionId && c.WorkspaceId == actor.WorkspaceId, cancellationToken);
        if (connection is null or { IsDemo: false, SealedKey: null })
        {
            return false;
        }

        connection.DeletedAt = null;
        context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionRestored, connection.Label, connection.Id, after: connection.Facts());
        await writer.SaveAsync(context, connection, cancellationToken);
        return true;
    }

    /// <summary>Stops or resumes work over a connection, and with it what its jobs say of themselves.</summary>
    private async Task<bool> ChangeWorkAsync(Actor actor, Guid connectionId, Func<EngineDbContext, Connection, bool> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = await context.FindConnectionAsync(actor, connectionId, cancellationToken);
        if (connection is null || !change(context, connection))
        {
            return false;
        }

        await context.SaveChangesAsync(cancellationToken);
        var jobs = await context.JobsThatNeed(connectionId).ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            await JobProgress.RefreshAsync(context, job, time.GetUtcNow(), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writer.Tell(connection, jobs.Select(j => j.Id));
        return true;
    }
}
