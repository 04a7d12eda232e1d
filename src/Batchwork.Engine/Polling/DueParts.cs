using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>Finds the parts that are due, leaving alone those of connections that are paused or resting.</summary>
internal sealed class DueParts(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    /// <summary>Reads what is due in a lane, the longest overdue first; where links go stale, the earliest deadline first.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="count">Most parts.</param>
    /// <param name="without">Connections to leave out.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The parts.</returns>
    public async Task<List<DuePart>> ReadAsync(PartLane lane, int count, IReadOnlyCollection<Guid> without, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = context.JobParts
            .Where(p => p.NextCheckAt <= now && p.State != PartState.Closed && p.State != PartState.Held)
            .Where(p => p.LeaseOwner == null || p.LeaseUntil < now)
            .Where(p => !without.Contains(p.ConnectionId));
        due = lane switch
        {
            PartLane.Moving => due.Where(p => p.State != PartState.Collecting).OrderBy(p => p.NextCheckAt),
            PartLane.Storing => due.Where(p => p.State == PartState.Collecting && p.CollectBy == null).OrderBy(p => p.NextCheckAt),
            _ => due.Where(p => p.State == PartState.Collecting && p.CollectBy != null).OrderBy(p => p.CollectBy),
        };

        // Without credit, and while a person holds it back, nothing is sent; but what is at the provider is paid for.
        return await due
            .Join(context.Connections, p => p.ConnectionId, c => c.Id, (p, c) => new { Part = p, Connection = c })
            .Where(x => x.Connection.PausedReason == null || (x.Connection.Pause == ConnectionPause.OutOfCredit && x.Part.BatchId != null))
            .Where(x => x.Connection.PausedBy == null || x.Part.BatchId != null)
            .Where(x => x.Connection.RestUntil == null || x.Connection.RestUntil <= now)
            .Take(count)
            .Select(x => new DuePart(
                x.Part.Id,
                x.Part.ConnectionId,
                x.Connection.KeyFingerprint ?? x.Part.ConnectionId.ToString(),
                x.Part.State == PartState.AtProvider,
                x.Connection.Failures >= ConnectionHealth.FailuresToRest))
            .ToListAsync(cancellationToken);
    }
}
