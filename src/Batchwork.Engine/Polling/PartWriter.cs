using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>The only way workers write a part: one short transaction that checks the fence, keeps the job's state in step and tells open pages.</summary>
public sealed class PartWriter(IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>Changes a part and what belongs to it.</summary>
    /// <param name="lease">The right to do so.</param>
    /// <param name="change">The change, inside the transaction.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The part and its job as written.</returns>
    /// <exception cref="LeaseLostException">Somebody else works on the part now; nothing was written.</exception>
    public async Task<PartInWork> WriteAsync(PartLease lease, Func<PartInWork, Task> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var part = await context.JobParts.SingleOrDefaultAsync(p => p.Id == lease.PartId && p.Fence == lease.Fence, cancellationToken)
            ?? throw new LeaseLostException(lease.PartId);
        var job = await context.Jobs.SingleAsync(j => j.Id == part.JobId, cancellationToken);
        var work = new PartInWork(context, part, job, time);
        await change(work);
        await context.SaveChangesAsync(cancellationToken);
        await JobProgress.RefreshAsync(context, job, time.GetUtcNow(), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        liveUpdates.Publish(new LiveChange(job.WorkspaceId, job.Id));
        foreach (var other in work.AlsoChanged)
        {
            liveUpdates.Publish(new LiveChange(job.WorkspaceId, other));
        }

        return work;
    }

    /// <inheritdoc cref="WriteAsync(PartLease, Func{PartInWork, Task}, CancellationToken)"/>
    public Task<PartInWork> WriteAsync(PartLease lease, Action<PartInWork> change, CancellationToken cancellationToken) =>
        WriteAsync(
            lease,
            work =>
            {
                change(work);
                return Task.CompletedTask;
            },
            cancellationToken);
}
