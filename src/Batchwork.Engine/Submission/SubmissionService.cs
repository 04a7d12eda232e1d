using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>What a person may decide about a part whose submission is in doubt. Who decided what, and when, is kept.</summary>
public sealed class SubmissionService(IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates, IWorkSignal signal, TimeProvider time)
{
    /// <summary>Looks for the batch at the provider once more, with the whole schedule of looks.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="partId">The held part.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the part was held and is in the actor's workspace.</returns>
    public Task<bool> CheckAgainAsync(Actor actor, Guid partId, CancellationToken cancellationToken) =>
        DecideAsync(
            actor,
            partId,
            (work, attempt) =>
            {
                work.Note(ActivityKind.Person, $"{actor.Name} asked to check part {work.Part.Number} again.", actor.Name);
                work.Audit(actor, AuditActions.PartCheckedAgain);
                if (attempt is not null)
                {
                    attempt.Looks = 0;
                }

                // A part that was submitted goes back to polling; one in doubt is looked for.
                work.MoveTo(work.Part.BatchId is null ? PartState.Submitting : PartState.AtProvider, "Checking again.");
            },
            cancellationToken);

    /// <summary>Makes a new attempt, knowing that the first may have been accepted and may be charged too.</summary>
    /// <inheritdoc cref="CheckAgainAsync"/>
    public Task<bool> SubmitAgainAsync(Actor actor, Guid partId, CancellationToken cancellationToken) =>
        DecideAsync(
            actor,
            partId,
            (work, attempt) =>
            {
                Supersede(actor, attempt, "A person decided to submit again.", time.GetUtcNow());
                work.Note(ActivityKind.Person, $"{actor.Name} decided to submit part {work.Part.Number} again, although it may have been accepted before.", actor.Name);
                work.Audit(actor, AuditActions.PartSubmittedAgain);
                work.Part.BatchId = null;
                work.MoveTo(PartState.Ready, "Submitting again.");
            },
            cancellationToken);

    /// <summary>Ends the part as never sent; its rows can be retried later.</summary>
    /// <inheritdoc cref="CheckAgainAsync"/>
    public Task<bool> MarkAsNotSentAsync(Actor actor, Guid partId, CancellationToken cancellationToken) =>
        DecideAsync(
            actor,
            partId,
            async (work, attempt) =>
            {
                Supersede(actor, attempt, "A person marked it as not sent.", time.GetUtcNow());
                work.Note(ActivityKind.Person, $"{actor.Name} marked part {work.Part.Number} as not sent.", actor.Name);
                work.Audit(actor, AuditActions.PartMarkedAsNotSent);
                await work.Context.JobRows
                    .Where(r => r.PartId == partId && r.State == RowState.Waiting)
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(r => r.State, RowState.Failed)
                            .SetProperty(r => r.Outcome, ResultOutcome.Transient)
                            .SetProperty(r => r.ErrorMessage, "Marked as not sent by a person. It can be tried again."),
                        cancellationToken);
                work.MoveTo(PartState.Closed, "Marked as not sent.");
            },
            cancellationToken);

    private static void Supersede(Actor actor, SubmissionAttempt? attempt, string message, DateTimeOffset now)
    {
        if (attempt is not null)
        {
            attempt.State = AttemptState.Superseded;
            attempt.Message = message;
            attempt.ResolvedBy = actor.UserId;
            attempt.EndedAt = now;
        }
    }

    private Task<bool> DecideAsync(Actor actor, Guid partId, Action<PartInWork, SubmissionAttempt?> decision, CancellationToken cancellationToken) =>
        DecideAsync(
            actor,
            partId,
            (work, attempt) =>
            {
                decision(work, attempt);
                return Task.CompletedTask;
            },
            cancellationToken);

    private async Task<bool> DecideAsync(Actor actor, Guid partId, Func<PartInWork, SubmissionAttempt?, Task> decision, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var part = await context.JobParts.SingleOrDefaultAsync(p => p.Id == partId && p.WorkspaceId == actor.WorkspaceId && p.State == PartState.Held, cancellationToken);
        if (part is null)
        {
            // Decided already, by a second click or another person.
            return false;
        }

        var job = await context.Jobs.SingleAsync(j => j.Id == part.JobId, cancellationToken);
        var attempt = await context.SubmissionAttempts.SingleOrDefaultAsync(a => a.PartId == partId && a.State < AttemptState.Rejected, cancellationToken);
        await decision(new PartInWork(context, part, job, time), attempt);
        await context.SaveChangesAsync(cancellationToken);
        await JobProgress.RefreshAsync(context, job, time.GetUtcNow(), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        liveUpdates.Publish(new LiveChange(job.WorkspaceId, job.Id));
        signal.Wake();
        return true;
    }
}
