using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>What an attempt's end means for its part and rows. Everything here happens inside one transaction of the part's writer.</summary>
internal sealed class AttemptOutcomes(ProviderAdapters adapters, PartTroubles troubles)
{
    public static async Task SetAsync(PartInWork work, Guid attemptId, Action<SubmissionAttempt> change, CancellationToken cancellationToken)
    {
        var attempt = await work.Context.SubmissionAttempts.SingleAsync(a => a.Id == attemptId, cancellationToken);
        change(attempt);
    }

    /// <summary>The provider has the batch and told its id.</summary>
    public async Task SubmittedAsync(PartInWork work, Guid attemptId, BatchSnapshot snapshot, CancellationToken cancellationToken)
    {
        var provider = adapters.Of(work.Job.Provider).Capabilities;
        await SetAsync(
            work,
            attemptId,
            a =>
            {
                a.State = AttemptState.Submitted;
                a.BatchId = snapshot.Id;
                a.EndedAt = work.Now;
            },
            cancellationToken);
        work.Part.BatchId = snapshot.Id;
        work.Part.SubmittedAt = work.Now;
        work.Note(ActivityKind.Submitted, string.Create(CultureInfo.InvariantCulture, $"{provider.DisplayName} accepted part {work.Part.Number} with {work.Part.RequestCount:N0} requests."));
        work.MoveTo(PartState.AtProvider, $"Waiting for {provider.DisplayName} to begin.");
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        SnapshotWriter.Apply(work, snapshot, provider);
        if (work.Part.WaitsForQueue)
        {
            // There was room for this one; perhaps there is for the next.
            work.Part.WaitsForQueue = false;
            await PartQueue.SendNextAsync(work, cancellationToken);
        }
    }

    /// <summary>The paid call did not bring a batch id back.</summary>
    public async Task FailedAsync(PartInWork work, Guid attemptId, ProviderException failure, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case BatchOutcomeUnknownException:
                await AmbiguousAsync(work, attemptId, failure.Message, cancellationToken);
                break;

            // The request itself is wrong: sending it again would be refused again.
            case BatchRejectedException { Failure: ProviderFailure.InvalidRequest or ProviderFailure.NotFound }:
                await RefusedAsync(work, attemptId, failure, cancellationToken);
                break;

            // Clearly not accepted, and the upload is still good: the same attempt goes on when there is room.
            case BatchRejectedException { Failure: ProviderFailure.RateLimited } when await PartQueue.IsBusyAsync(work, cancellationToken):
                await SetAsync(work, attemptId, a => (a.State, a.Message) = (AttemptState.Uploaded, failure.Message), cancellationToken);
                await PartQueue.WaitAsync(work, adapters.NameOf(work.Job.Provider), failure.RetryAfter, cancellationToken);
                break;

            // Clearly not accepted, and the upload is still good: the same attempt goes on when the trouble is over.
            default:
                await SetAsync(work, attemptId, a => (a.State, a.Message) = (AttemptState.Uploaded, failure.Message), cancellationToken);
                await troubles.HandleAsync(work, failure, cancellationToken);
                break;
        }
    }

    /// <summary>The provider refused the upload or the batch: nothing was accepted, nothing is charged.</summary>
    public async Task RefusedAsync(PartInWork work, Guid attemptId, ProviderException refusal, CancellationToken cancellationToken)
    {
        var provider = adapters.Of(work.Job.Provider).Capabilities;
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        await EndAsync(work, attemptId, AttemptState.Rejected, refusal.Message, cancellationToken);
        if (refusal.StatusCode == HttpStatusCode.RequestEntityTooLarge && work.Part.RequestCount > 1)
        {
            await PartSplitter.SplitAsync(work, provider, cancellationToken);
            return;
        }

        var words = await Refusal.OfAsync(work, provider.DisplayName, refusal.Error, refusal.Message, cancellationToken);
        await words.ApplyAsync(work, provider.DisplayName, cancellationToken);
    }

    /// <summary>Nobody knows whether the provider accepted: it is looked for by its tag.</summary>
    public async Task AmbiguousAsync(PartInWork work, Guid attemptId, string message, CancellationToken cancellationToken)
    {
        await SetAsync(
            work,
            attemptId,
            a =>
            {
                a.State = AttemptState.Ambiguous;
                a.Looks = 0;
                a.Message = message;
            },
            cancellationToken);
        var provider = adapters.NameOf(work.Job.Provider);
        work.Note(ActivityKind.Problem, $"It is not certain that {provider} accepted part {work.Part.Number}: {message} Looking for it before anything is sent again.");
        work.MoveTo(PartState.Submitting, $"Looking whether {provider} accepted this part. Nothing is sent twice.");
    }

    /// <summary>The provider has a batch under the attempt's tag although this database never sent it: a backup from before the paid call. It is looked for, not sent.</summary>
    public async Task SentElsewhereAsync(PartInWork work, Guid attemptId, CancellationToken cancellationToken)
    {
        // Nobody here knows when; not before the attempt was there.
        await SetAsync(work, attemptId, a => a.SentAt ??= a.CreatedAt, cancellationToken);
        await AmbiguousAsync(work, attemptId, "a batch with its tag is there, and it was not sent from here.", cancellationToken);
    }

    /// <summary>What would be sent is not what was uploaded: rows changed under an attempt, which must never happen.</summary>
    public static async Task PayloadChangedAsync(PartInWork work, Guid attemptId, CancellationToken cancellationToken)
    {
        await EndAsync(work, attemptId, AttemptState.Rejected, "The requests are not the ones that were uploaded.", cancellationToken);
        work.MoveTo(PartState.Ready, "The requests changed after the upload; they are uploaded again.");
    }

    /// <summary>The connection got another key before anything was paid.</summary>
    public static async Task KeyReplacedAsync(PartInWork work, Guid attemptId, CancellationToken cancellationToken)
    {
        await EndAsync(work, attemptId, AttemptState.Rejected, "The key was replaced before it was sent.", cancellationToken);
        work.MoveTo(PartState.Ready, "The key was replaced; the requests are uploaded again with the new one.");
    }

    /// <summary>A person cancelled before anything was paid.</summary>
    public static async Task CancelUnsentAsync(PartInWork work, Guid? attemptId, CancellationToken cancellationToken)
    {
        if (attemptId is { } id)
        {
            await EndAsync(work, id, AttemptState.Rejected, "Cancelled before it was sent.", cancellationToken);
        }

        await work.Context.JobRows
            .Where(r => r.PartId == work.Part.Id && r.State == RowState.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, RowState.Cancelled)
                    .SetProperty(r => r.Outcome, ResultOutcome.Cancelled)
                    .SetProperty(r => r.ErrorMessage, "Cancelled before it was sent. Not charged."),
                cancellationToken);
        work.MoveTo(PartState.Closed, "Cancelled before it was sent.");
    }

    /// <summary>Ends an attempt for good.</summary>
    public static Task EndAsync(PartInWork work, Guid attemptId, AttemptState state, string message, CancellationToken cancellationToken) =>
        SetAsync(
            work,
            attemptId,
            a =>
            {
                a.State = state;
                a.Message = message;
                a.EndedAt = work.Now;
            },
            cancellationToken);

    /// <summary>Explains all waiting rows of a part with one failure and closes it.</summary>
    public static async Task FailRowsAsync(PartInWork work, ResultOutcome outcome, string? code, string message, CancellationToken cancellationToken)
    {
        await EndRowsAsync(work, _ => true, outcome, code, message, cancellationToken);
        work.Note(ActivityKind.Problem, message);
        work.MoveTo(PartState.Closed, message);
    }

    /// <summary>Explains some of a part's waiting rows with a failure.</summary>
    public static Task EndRowsAsync(
        PartInWork work, Expression<Func<JobRow, bool>> which, ResultOutcome outcome, string? code, string message, CancellationToken cancellationToken) =>
        work.Context.JobRows
            .Where(r => r.PartId == work.Part.Id && r.State == RowState.Waiting)
            .Where(which)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, RowState.Failed)
                    .SetProperty(r => r.Outcome, outcome)
                    .SetProperty(r => r.ErrorCode, code)
                    .SetProperty(r => r.ErrorMessage, message),
                cancellationToken);
}
