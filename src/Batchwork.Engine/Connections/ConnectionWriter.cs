using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;

namespace Batchwork.Engine.Connections;

/// <summary>Commits changes of a connection and tells whom they concern: open pages, and work that waited for it to be mended.</summary>
public sealed class ConnectionWriter(ILiveUpdates updates, IWorkSignal signal)
{
    internal async Task SaveAsync(EngineDbContext context, Connection connection, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        Tell(connection, []);
    }

    /// <summary>Tells of changes that are committed.</summary>
    internal void Tell(Connection connection, IEnumerable<Guid> jobs)
    {
        foreach (var job in jobs)
        {
            updates.Publish(new LiveChange(connection.WorkspaceId, job));
        }

        updates.Publish(new LiveChange(connection.WorkspaceId, JobId: null));
        signal.Wake();
    }
}
