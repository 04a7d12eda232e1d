using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>
/// Tells the other parts of a connection that rests why nothing happens to them: what they said before ("OpenAI is working on it.") nobody has asked about since.
/// Only those that are due and wait for their turn; each says something else as soon as it had one.
/// </summary>
internal static class RestingParts
{
    public static async Task TellAsync(PartInWork work, string reason, CancellationToken cancellationToken)
    {
        var now = work.Now;
        var waiting = work.Context.JobParts.Where(p =>
            p.ConnectionId == work.Part.ConnectionId && p.Id != work.Part.Id && p.NextCheckAt <= now
            && p.State != PartState.Closed && p.State != PartState.Held && p.Reason != reason);
        var jobs = await waiting.Select(p => p.JobId).Distinct().Where(id => id != work.Job.Id).ToListAsync(cancellationToken);
        await waiting.ExecuteUpdateAsync(set => set.SetProperty(p => p.Reason, reason), cancellationToken);
        foreach (var job in await work.Context.Jobs.Where(j => jobs.Contains(j.Id)).ToListAsync(cancellationToken))
        {
            await JobProgress.RefreshAsync(work.Context, job, now, cancellationToken);
            work.AlsoChanged.Add(job.Id);
        }
    }
}
