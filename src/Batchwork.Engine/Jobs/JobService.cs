using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Costs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>What people do with jobs that exist: cancel, retry, rename, delete. Foreign jobs answer like missing ones.</summary>
public sealed class JobService(IDbContextFactory<EngineDbContext> contexts, RowRetrier retrier, ILiveUpdates liveUpdates, IWorkSignal signal, TimeProvider time)
{
    /// <summary>Asks for a job's end. What is done stays and is charged; what is not sent is never sent; the rest stops when the provider says so.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a job and it had not ended yet.</returns>
    public Task<bool> CancelAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            async (context, job) =>
            {
                if (job.State.HasEnded() || job.CancelRequestedAt is not null)
                {
                    return false;
                }

                job.CancelRequestedAt = time.GetUtcNow();
                Note(context, job, actor, $"{actor.Name} cancelled the job.");
                context.Audit(actor, time.GetUtcNow(), AuditActions.JobCancelled, job.Name, job.Id, job.State.ToString());
                var now = time.GetUtcNow();
                await context.JobParts
                    .Where(p => p.JobId == jobId && p.NextCheckAt != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.NextCheckAt, now), cancellationToken);
                await PartRelease.HeldAsync(context, context.JobParts.Where(p => p.JobId == jobId), now, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>Sends the rows again that can be retried (see <see cref="RetryRule"/>) as the next try of the same rows.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job; it must have ended.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many rows are sent again; 0 when there are none, or no such job.</returns>
    /// <exception cref="BudgetExceededException">A budget does not allow it; nothing was sent.</exception>
    public Task<int> RetryFailedAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        RetryAsync(actor, jobId, RetryScope.All, cancellationToken);

    /// <summary>Sends rows again as the next try of the same rows.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job; it must have ended, or the part whose rows are sent again.</param>
    /// <param name="scope">Which rows.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many rows are sent again; 0 when there are none, or no such job.</returns>
    /// <exception cref="BudgetExceededException">A budget does not allow it; nothing was sent.</exception>
    public async Task<int> RetryAsync(Actor actor, Guid jobId, RetryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var rows = 0;
        await ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            async (context, job) =>
            {
                if (!job.State.HasEnded() && !await context.JobParts.AnyAsync(p => p.Id == scope.PartId && p.State == PartState.Closed, cancellationToken))
                {
                    return false;
                }

                await RequireMeansAsync(context, actor, job, scope, cancellationToken);
                rows = await retrier.RetryAsync(context, job, scope, cancellationToken);
                if (rows == 0)
                {
                    return false;
                }

                job.CancelRequestedAt = null;
                Note(context, job, actor, string.Create(CultureInfo.InvariantCulture, $"{actor.Name} sent {rows:N0} rows again."));
                context.Audit(actor, time.GetUtcNow(), AuditActions.JobRetried, job.Name, job.Id, job.State.ToString(), string.Create(CultureInfo.InvariantCulture, $"{rows} rows"));
                return true;
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Gives the rows that can be retried the pictures that are stored already for the same requests, instead of paying again.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job; it must have ended.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many rows got their pictures.</returns>
    public async Task<int> ReuseStoredAsync(Actor actor, Guid jobId, CancellationToken cancellationToken)
    {
        var rows = 0;
        await ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            async (context, job) =>
            {
                var failed = RetryScope.All.Of(context.JobRows.Where(r => r.JobId == jobId));
                rows = job.State.HasEnded() ? await StoredReuse.FillAsync(context, failed, time.GetUtcNow(), cancellationToken) : 0;
                if (rows > 0)
                {
                    Note(context, job, actor, string.Create(CultureInfo.InvariantCulture, $"{actor.Name} used stored pictures of the same requests for {rows:N0} {(rows == 1 ? "row" : "rows")}. Nothing was charged."));
                    context.Audit(actor, time.GetUtcNow(), AuditActions.JobReused, job.Name, job.Id, after: string.Create(CultureInfo.InvariantCulture, $"{rows} rows"));
                }

                return rows > 0;
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Gives a job another name.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a job.</returns>
    public Task<bool> RenameAsync(Actor actor, Guid jobId, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            (context, job) =>
            {
                context.Audit(actor, time.GetUtcNow(), AuditActions.JobRenamed, name.Trim(), job.Id, job.Name, name.Trim());
                job.Name = name.Trim();
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    /// <summary>Takes an ended job out of all lists. For a day it can be restored; then its pictures are removed.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a job and it had ended.</returns>
    public Task<bool> DeleteAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            (context, job) =>
            {
                if (!job.State.HasEnded())
                {
                    return Task.FromResult(false);
                }

                context.Audit(actor, time.GetUtcNow(), AuditActions.JobDeleted, job.Name, job.Id);
                job.DeletedAt = time.GetUtcNow();
                return Task.FromResult(true);
            },
            cancellationToken);

    /// <summary>Undoes a deletion.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there still is such a job.</returns>
    public Task<bool> RestoreAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            Role.Creator,
            jobId,
            (context, job) =>
            {
                context.Audit(actor, time.GetUtcNow(), AuditActions.JobRestored, job.Name, job.Id);
                job.DeletedAt = null;
                return Task.FromResult(true);
            },
            cancellationToken);

    /// <summary>Another try is paid for like the first: the connection's role and the budgets are asked again, in the transaction that submits it.</summary>
    private async Task RequireMeansAsync(EngineDbContext context, Actor actor, Job job, RetryScope scope, CancellationToken cancellationToken)
    {
        var usableBy = await context.Connections.Where(c => c.Id == job.ConnectionId).Select(c => (Role?)c.UsableBy).SingleOrDefaultAsync(cancellationToken);
        actor.Require(usableBy ?? Role.Creator);
        var (rows, _, microUsd) = await RetryReader.SumAsync(job, scope.Of(context.JobRows.Where(r => r.JobId == job.Id)), cancellationToken);
        if (!job.IsDemo && rows > 0)
        {
            await BudgetGuard.CheckAsync(context, job.WorkspaceId, job.ConnectionId, microUsd ?? 0, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task<bool> ChangeAsync(Actor actor, Role role, Guid jobId, Func<EngineDbContext, Job, Task<bool>> change, CancellationToken cancellationToken)
    {
        actor.Require(role);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var job = await context.Jobs.SingleOrDefaultAsync(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId, cancellationToken);
        if (job is null || !await change(context, job))
        {
            return false;
        }

        await context.SaveChangesAsync(cancellationToken);
        await JobProgress.RefreshAsync(context, job, time.GetUtcNow(), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        liveUpdates.Publish(new LiveChange(job.WorkspaceId, job.Id));
        signal.Wake();
        return true;
    }

    private void Note(EngineDbContext context, Job job, Actor actor, string text) => context.Activities.Add(new Activity
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        WorkspaceId = job.WorkspaceId,
        JobId = job.Id,
        At = time.GetUtcNow(),
        Kind = ActivityKind.Person,
        By = actor.Name,
        Text = text,
    });
}
