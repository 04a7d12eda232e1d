using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Onboarding;

/// <summary>
/// Removes everything the demo left, at once. It leaves all lists now and the disk within a day, as all that is deleted does. The demo sheet brings its
/// connections back, so trying it again is always possible.
/// </summary>
public sealed class DemoDataService(IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates, IWorkSignal signal, TimeProvider time)
{
    /// <summary>Counts what would be removed.</summary>
    /// <param name="actor">Who asks; an Admin at least.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The counts.</returns>
    public async Task<DemoData> PreviewAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        return await contexts.ReadAsync(context => CountAsync(context, actor.WorkspaceId, cancellationToken), cancellationToken);
    }

    /// <summary>Removes it: jobs with their pictures, drafts, and, where another connection is there, the demo connections. Jobs that still run are stopped first.</summary>
    /// <param name="actor">Who; an Admin at least.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>What was removed.</returns>
    public async Task<DemoData> DeleteAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var removed = await CountAsync(context, actor.WorkspaceId, cancellationToken);
        var now = time.GetUtcNow();
        var jobs = await Jobs(context, actor.WorkspaceId).ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            job.CancelRequestedAt ??= job.State.HasEnded() ? null : now;
            job.DeletedAt = now;
            await context.JobParts
                .Where(p => p.JobId == job.Id && p.NextCheckAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.NextCheckAt, now), cancellationToken);
        }

        await Drafts(context, actor.WorkspaceId).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, now), cancellationToken);
        if (removed.Connections > 0)
        {
            await Connections(context, actor.WorkspaceId).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, now), cancellationToken);
        }

        context.Audit(
            actor, now, AuditActions.DemoDataDeleted, "Demo data", after: string.Create(CultureInfo.InvariantCulture, $"{removed.Jobs} jobs, {removed.Pictures} pictures, {removed.Drafts} drafts"));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        jobs.ForEach(job => liveUpdates.Publish(new LiveChange(actor.WorkspaceId, job.Id)));
        liveUpdates.Publish(new LiveChange(actor.WorkspaceId, JobId: null));
        signal.Wake();
        return removed;
    }

    /// <summary>Counts what a workspace has of it. Without another connection the demo's stay: a workspace that has none could make nothing.</summary>
    internal static async Task<DemoData> CountAsync(EngineDbContext context, Guid workspaceId, CancellationToken cancellationToken)
    {
        var jobs = Jobs(context, workspaceId);
        var others = await context.Connections.AnyAsync(c => c.WorkspaceId == workspaceId && !c.IsDemo && c.DeletedAt == null, cancellationToken);
        return new DemoData(
            await jobs.CountAsync(cancellationToken),
            await jobs.CountAsync(
                j => j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired, cancellationToken),
            await context.StoredImages.CountAsync(i => jobs.Any(j => j.Id == i.JobId), cancellationToken),
            await Drafts(context, workspaceId).CountAsync(cancellationToken),
            others ? await Connections(context, workspaceId).CountAsync(cancellationToken) : 0);
    }

    private static IQueryable<Job> Jobs(EngineDbContext context, Guid workspaceId) =>
        context.Jobs.Where(j => j.WorkspaceId == workspaceId && j.IsDemo && j.DeletedAt == null);

    private static IQueryable<Draft> Drafts(EngineDbContext context, Guid workspaceId) =>
        context.Drafts.Where(d => d.WorkspaceId == workspaceId && d.DeletedAt == null && d.JobId == null
            && context.Connections.Any(c => c.Id == d.ConnectionId && c.IsDemo));

    private static IQueryable<Connection> Connections(EngineDbContext context, Guid workspaceId) =>
        context.Connections.Where(c => c.WorkspaceId == workspaceId && c.IsDemo && c.DeletedAt == null);
}
