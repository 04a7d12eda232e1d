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
        updates.Publish(new LiveChange(connection.WorkspaceId, JobId: null));
        signal.Wake();
    }
}
