using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Submission;

/// <summary>
/// Brings a part to the provider: attempt → upload → one paid call → id. Each state is committed before what it announces is done, so a crash
/// anywhere leaves a state that says what may have happened. The paid call is made once; after it, only a clear refusal counts as "not accepted".
/// </summary>
internal sealed partial class Submitter(
    IDbContextFactory<EngineDbContext> contexts,
    ProviderAdapters adapters,
    CredentialsReader credentials,
    PartBatch batches,
    PartWriter writer,
    AttemptOutcomes outcomes,
    Reconciler reconciler,
    PaidCallGuard guard,
    TimeProvider time,
    ILogger<Submitter> logger)
{
    /// <summary>
    /// Longest time between the commit of "creating" and the call itself. A process that was frozen in between may have lost its lease without
    /// knowing; then it must not send.
    /// </summary>
    private static readonly TimeSpan s_longestPauseBeforePaying = TimeSpan.FromSeconds(20);

    /// <summary>Does the next step of a part's submission.</summary>
    public async Task AdvanceAsync(PartLease lease, JobPart part, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == part.JobId, cancellationToken);
        var attempt = await context.SubmissionAttempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.PartId == part.Id && a.State < AttemptState.Rejected, cancellationToken);

        if ((job.CancelRequestedAt ?? part.CancelRequestedAt) is not null && attempt is null or { State: < AttemptState.Creating })
        {
            await writer.WriteAsync(lease, work => AttemptOutcomes.CancelUnsentAsync(work, attempt?.Id, cancellationToken), cancellationToken);
            return;
        }

        if (attempt is null or { State: < AttemptState.Creating })
        {
            var reason = await guard.WhyNotAsync(job, isNext: attempt?.State == AttemptState.Uploaded, cancellationToken);
            if (attempt is not null && guard.WasSent(attempt.Tag))
            {
                await writer.WriteAsync(lease, work => outcomes.SentElsewhereAsync(work, attempt.Id, cancellationToken), cancellationToken);
                return;
            }

            if (reason is not null)
            {
                await writer.WriteAsync(lease, work => work.LookAgainIn(PaidCallGuard.Wait, reason), cancellationToken);
                return;
            }

            // What was uploaded with another key may lie in another account: nothing is paid for yet, so it is simply uploaded again. Only after the guard:
            // it knows whether a restored backup's attempt was paid for all the same.
            if (attempt is not null && await KeyFingerprintAsync(part.ConnectionId, cancellationToken) is { } current && current != attempt.KeyFingerprint)
            {
                await writer.WriteAsync(lease, work => AttemptOutcomes.KeyReplacedAsync(work, attempt.Id, cancellationToken), cancellationToken);
                return;
            }
        }

        await (attempt?.State switch
        {
            null => PrepareAsync(lease, job, part, cancellationToken),
            AttemptState.Prepared or AttemptState.Uploading => UploadAsync(lease, job, part, attempt, cancellationToken),
            AttemptState.Uploaded => CreateAsync(lease, job, part, attempt, cancellationToken),

            // Found in this state, the process died around the paid call: look for the batch, never guess.
            AttemptState.Creating => writer.WriteAsync(lease, work => outcomes.AmbiguousAsync(work, attempt.Id, "Batchwork was stopped while it was submitting.", cancellationToken), cancellationToken),
            AttemptState.Ambiguous => reconciler.LookAsync(lease, job, part, attempt, cancellationToken),
            _ => throw new InvalidOperationException($"An attempt in state {attempt.State} does not belong to a part in state {part.State}."),
        });
    }

    private async Task PrepareAsync(PartLease lease, Job job, JobPart part, CancellationToken cancellationToken)
    {
        var tag = AttemptTag.New(await InstanceIdAsync(cancellationToken), time.GetUtcNow());
        PreparedBatch prepared;
        try
        {
            prepared = await batches.PrepareAsync(job, part, tag, cancellationToken);
        }
        catch (BatchValidationException e)
        {
            await writer.WriteAsync(lease, work => AttemptOutcomes.FailRowsAsync(work, ResultOutcome.Invalid, null, e.Message, cancellationToken), cancellationToken);
            return;
        }

        var fingerprint = await KeyFingerprintAsync(part.ConnectionId, cancellationToken);
        await writer.WriteAsync(
            lease,
            async work =>
            {
                work.Context.UsedTags.Add(new UsedTag { Tag = tag, At = work.Now });
                work.Context.SubmissionAttempts.Add(new SubmissionAttempt
                {
                    Id = Guid.CreateVersion7(work.Now),
                    WorkspaceId = job.WorkspaceId,
                    JobId = job.Id,
                    PartId = part.Id,
                    Number = 1 + await work.Context.SubmissionAttempts.CountAsync(a => a.PartId == part.Id, cancellationToken),
                    Provider = job.Provider,
                    State = AttemptState.Prepared,
                    Tag = tag,
                    PayloadSha256 = prepared.Sha256,
                    PayloadBytes = prepared.ByteCount,
                    RequestCount = prepared.RequestCount,
                    KeyFingerprint = fingerprint,
                    InstanceId = tag.Split('-')[1],
                    Fence = lease.Fence,
                    CreatedAt = work.Now,
                });
                work.MoveTo(PartState.Submitting, $"Sending part {part.Number} to {adapters.NameOf(job.Provider)}.");
            },
            cancellationToken);
    }

    private async Task UploadAsync(PartLease lease, Job job, JobPart part, SubmissionAttempt attempt, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(job.Provider);
        var opened = await credentials.OpenAsync(part, cancellationToken);
        UploadedInput? uploaded = null;
        if (attempt.State == AttemptState.Uploading)
        {
            // The process died, or the connection broke, while uploading. An upload that arrived whole is used; anything else is free and forgotten.
            uploaded = await adapter.FindUploadAsync(attempt.Tag, opened, cancellationToken);
            uploaded = uploaded?.Bytes == attempt.PayloadBytes ? uploaded : null;
        }
        else
        {
            await writer.WriteAsync(lease, work => AttemptOutcomes.SetAsync(work, attempt.Id, a => a.State = AttemptState.Uploading, cancellationToken), cancellationToken);
        }

        if (uploaded is null)
        {
            var prepared = await batches.PrepareAsync(job, part, attempt.Tag, cancellationToken);
            try
            {
                uploaded = await adapter.UploadAsync(prepared, opened, cancellationToken);
            }
            catch (ProviderException e) when (e.Failure == ProviderFailure.InvalidRequest)
            {
                await writer.WriteAsync(lease, work => outcomes.RefusedAsync(work, attempt.Id, e, cancellationToken), cancellationToken);
                return;
            }
        }

        await writer.WriteAsync(
            lease,
            async work =>
            {
                await AttemptOutcomes.SetAsync(
                    work,
                    attempt.Id,
                    a =>
                    {
                        a.State = AttemptState.Uploaded;
                        a.InputFileId = uploaded.FileId;
                    },
                    cancellationToken);
                work.MoveTo(PartState.Submitting, $"Sending part {part.Number} to {adapter.Capabilities.DisplayName}.");
            },
            cancellationToken);
    }

    private async Task CreateAsync(PartLease lease, Job job, JobPart part, SubmissionAttempt attempt, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(job.Provider);
        var prepared = await batches.PrepareAsync(job, part, attempt.Tag, cancellationToken);
        if (prepared.Sha256 != attempt.PayloadSha256)
        {
            await writer.WriteAsync(lease, work => AttemptOutcomes.PayloadChangedAsync(work, attempt.Id, cancellationToken), cancellationToken);
            return;
        }

        var opened = await credentials.OpenAsync(part, cancellationToken);

        // From here on the batch may exist. The commit is the last thing before the call.
        await writer.WriteAsync(
            lease,
            async work =>
            {
                await AttemptOutcomes.SetAsync(work, attempt.Id, a => (a.State, a.SentAt) = (AttemptState.Creating, work.Now), cancellationToken);
                await NoteKeyUseAsync(work, cancellationToken);
            },
            cancellationToken);
        var committed = time.GetTimestamp();

        BatchSnapshot? snapshot = null;
        ProviderException? failure = null;
        if (time.GetElapsedTime(committed) > s_longestPauseBeforePaying)
        {
            failure = new BatchNotSentException(job.Provider, "Batchwork was paused right before the call; nothing was sent.");
        }
        else
        {
            try
            {
                // Not cancelled by a stop of the host: an answer that is on its way is worth the wait, and the client has its own time limit.
                snapshot = await adapter.CreateAsync(prepared, new UploadedInput(attempt.InputFileId!, attempt.PayloadBytes, null), opened, CancellationToken.None);
            }
            catch (ProviderException e)
            {
                failure = e;
            }
        }

        if (snapshot is not null)
        {
            LogSubmitted(part.Id, attempt.Tag, snapshot.Id);

            // Whatever stops meanwhile, what is known now must be stored.
            await writer.WriteAsync(lease, work => outcomes.SubmittedAsync(work, attempt.Id, snapshot, CancellationToken.None), CancellationToken.None);
        }
        else
        {
            LogNotSubmitted(part.Id, attempt.Tag, failure!);
            await writer.WriteAsync(lease, work => outcomes.FailedAsync(work, attempt.Id, failure!, CancellationToken.None), CancellationToken.None);
        }
    }

    /// <summary>Each call that costs money says in the audit log whose key it used and for whom. The demo has neither.</summary>
    private static async Task NoteKeyUseAsync(PartInWork work, CancellationToken cancellationToken)
    {
        if (!work.Job.IsDemo)
        {
            var label = await work.Context.Connections.Where(c => c.Id == work.Part.ConnectionId).Select(c => c.Label).SingleAsync(cancellationToken);
            work.Context.Audit(
                person: null,
                work.Job.WorkspaceId,
                work.Now,
                AuditActions.KeyUsed,
                label,
                work.Part.ConnectionId,
                after: string.Create(CultureInfo.InvariantCulture, $"{work.Job.Name}, part {work.Part.Number}, for {work.Job.CreatedByName}"));
        }
    }

    private async Task<string> InstanceIdAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Installations.Select(i => i.InstanceId).SingleAsync(cancellationToken);
    }

    private async Task<string?> KeyFingerprintAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Connections.Where(c => c.Id == connectionId).Select(c => c.KeyFingerprint).SingleAsync(cancellationToken);
    }

    [LoggerMessage(1001, LogLevel.Information, "Part {PartId} was submitted under {Tag} as batch {BatchId}")]
    private partial void LogSubmitted(Guid partId, string tag, string batchId);

    [LoggerMessage(1002, LogLevel.Warning, "Part {PartId} was not submitted under {Tag}")]
    private partial void LogNotSubmitted(Guid partId, string tag, Exception exception);
}
