using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>What a person may do with one part of a job. Rows that it left unfinished are sent again by <see cref="JobService.RetryAsync"/>.</summary>
public sealed class PartService(
    IDbContextFactory<EngineDbContext> contexts,
    ProviderAdapters adapters,
    CredentialsReader credentials,
    ILiveUpdates liveUpdates,
    IWorkSignal signal,
    TimeProvider time)
{
    /// <summary>Does what is due next for the part now: asks the provider, stores results, or tries to send it.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="partId">The part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a part and it was waiting for its time.</returns>
    public Task<bool> PollNowAsync(Actor actor, Guid partId, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        partId,
        async work =>
        {
            // One in doubt is looked for on a schedule, and held after it: hurrying would end it too early.
            var isInDoubt = work.Part.BatchId is null && await work.Context.SubmissionAttempts.AnyAsync(
                a => a.PartId == partId && (a.State == Submission.AttemptState.Ambiguous || a.State == Submission.AttemptState.Creating),
                cancellationToken);
            if (work.Part.NextCheckAt is null || isInDoubt)
            {
                return false;
            }

            work.Part.NextCheckAt = work.Now;
            return true;
        },
        cancellationToken);

    /// <summary>Reads the results once more from their start. Rows that have an answer keep it; rows without one may get it.</summary>
    /// <inheritdoc cref="PollNowAsync"/>
    public Task<bool> CollectAgainAsync(Actor actor, Guid partId, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        partId,
        async work =>
        {
            if (!PartActions.CanCollectAgain(work.Part, await work.Context.JobRows.CountAsync(r => r.PartId == partId, cancellationToken)))
            {
                return false;
            }

            work.Part.Checkpoints = [];
            work.Part.CleanUpAt = null;
            work.Note(ActivityKind.Person, $"{actor.Name} asked to collect part {work.Part.Number} again.", actor.Name);
            work.Audit(actor, AuditActions.PartCollectedAgain);
            work.MoveTo(PartState.Collecting, "Storing the results again.");
            return true;
        },
        cancellationToken);

    /// <summary>Stops this part alone. What is done stays and is charged; what is not sent is never sent.</summary>
    /// <inheritdoc cref="PollNowAsync"/>
    public Task<bool> CancelAsync(Actor actor, Guid partId, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        partId,
        async work =>
        {
            if (!PartActions.CanCancel(work.Part))
            {
                return false;
            }

            work.Part.CancelRequestedAt = work.Now;
            work.Part.NextCheckAt = work.Now;
            await PartRelease.HeldAsync(work.Context, work.Context.JobParts.Where(p => p.Id == partId), work.Now, cancellationToken);
            work.Note(ActivityKind.Person, $"{actor.Name} cancelled part {work.Part.Number}.", actor.Name);
            work.Audit(actor, AuditActions.PartCancelled);
            return true;
        },
        cancellationToken);

    /// <summary>Stops a batch at the provider that was found beside the part's own, so that it is not paid for twice.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="partId">The part.</param>
    /// <param name="batchId">The batch that is not needed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a batch and the provider was asked to stop it.</returns>
    /// <exception cref="ProviderException">The provider refused, or did not answer.</exception>
    public async Task<bool> CancelDuplicateAsync(Actor actor, Guid partId, string batchId, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var part = await FindAsync(context, actor, partId, cancellationToken);
            if (part?.DuplicateBatchIds.Contains(batchId) != true)
            {
                return false;
            }

            var provider = await context.Jobs.Where(j => j.Id == part.JobId).Select(j => j.Provider).SingleAsync(cancellationToken);
            await adapters.Of(provider).CancelAsync(batchId, await credentials.OpenAsync(part, cancellationToken), cancellationToken);
        }

        return await ChangeAsync(
            actor,
            partId,
            work =>
            {
                work.Part.DuplicateBatchIds = [.. work.Part.DuplicateBatchIds.Where(id => id != batchId)];
                work.Note(ActivityKind.Person, $"{actor.Name} cancelled the batch {batchId}, which was not needed.", actor.Name);
                work.Audit(actor, AuditActions.PartDuplicateCancelled, after: batchId);
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    private static Task<JobPart?> FindAsync(EngineDbContext context, Actor actor, Guid partId, CancellationToken cancellationToken) =>
        context.JobParts.SingleOrDefaultAsync(p => p.Id == partId && p.WorkspaceId == actor.WorkspaceId, cancellationToken);

    private async Task<bool> ChangeAsync(Actor actor, Guid partId, Func<PartInWork, Task<bool>> change, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var part = await FindAsync(context, actor, partId, cancellationToken);
        var job = part is null ? null : await context.Jobs.SingleOrDefaultAsync(j => j.Id == part.JobId && j.DeletedAt == null, cancellationToken);
        if (part is null || job is null || !await change(new PartInWork(context, part, job, time)))
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
}
