using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>Hands out and renews the right to work on parts. The database is the judge; Quartz is not asked.</summary>
public sealed class LeaseKeeper(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>This process. A new one each start: a restarted process must not take itself for its dead predecessor.</summary>
    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Takes a part, if nobody holds it.</summary>
    /// <param name="partId">The part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The lease, or <see langword="null"/> when somebody else was quicker.</returns>
    public async Task<PartLease?> TryTakeAsync(Guid partId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + Duration;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var taken = await context.JobParts
            .Where(p => p.Id == partId && (p.LeaseOwner == null || p.LeaseUntil < now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(p => p.LeaseOwner, _owner)
                    .SetProperty(p => p.LeaseUntil, until)
                    .SetProperty(p => p.Fence, p => p.Fence + 1),
                cancellationToken);
        if (taken == 0)
        {
            return null;
        }

        var fence = await context.JobParts.Where(p => p.Id == partId).Select(p => p.Fence).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PartLease(partId, fence);
    }

    /// <summary>Keeps a lease alive.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it is still held.</returns>
    public async Task<bool> RenewAsync(PartLease lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var until = time.GetUtcNow() + Duration;
        return await Held(context, lease).ExecuteUpdateAsync(set => set.SetProperty(p => p.LeaseUntil, until), cancellationToken) == 1;
    }

    /// <summary>Gives a part back.</summary>
    /// <param name="lease">The lease.</param>
    public async Task ReleaseAsync(PartLease lease)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Held(context, lease).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.LeaseOwner, (string?)null).SetProperty(p => p.LeaseUntil, (DateTimeOffset?)null),
            CancellationToken.None);
    }

    private IQueryable<Jobs.JobPart> Held(EngineDbContext context, PartLease lease) =>
        context.JobParts.Where(p => p.Id == lease.PartId && p.Fence == lease.Fence && p.LeaseOwner == _owner);
}
