using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>Stops work over a connection; other connections go on. Its parts stay due and go on by themselves when the connection does.</summary>
internal static class ConnectionStop
{
    /// <summary>Not at once: this worker must stop first. Parts of stopped connections are not found any more.</summary>
    private static readonly TimeSpan s_afterStop = TimeSpan.FromSeconds(1);

    public static async Task StopAsync(PartInWork work, ConnectionPause pause, string reason, CancellationToken cancellationToken)
    {
        var connection = await work.Context.Connections.SingleAsync(c => c.Id == work.Part.ConnectionId, cancellationToken);
        work.LookAgainIn(s_afterStop, reason);
        if (!ConnectionHealth.Stop(connection, pause, reason, work.Now))
        {
            return;
        }

        work.Note(ActivityKind.Problem, reason);
        work.Context.Audit(person: null, connection.WorkspaceId, work.Now, AuditActions.ConnectionPaused, connection.Label, connection.Id, after: reason);
        await work.Context.SaveChangesAsync(cancellationToken);
        foreach (var job in await work.Context.JobsThatNeed(connection.Id).Where(j => j.Id != work.Job.Id).ToListAsync(cancellationToken))
        {
            await JobProgress.RefreshAsync(work.Context, job, work.Now, cancellationToken);
            work.AlsoChanged.Add(job.Id);
        }
    }
}
