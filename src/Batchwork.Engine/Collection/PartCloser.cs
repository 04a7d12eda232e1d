using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>Ends a part whose results are all stored: explains every row that got no answer, so that the ledger adds up.</summary>
internal static class PartCloser
{
    /// <summary>How long the provider's files stay when something about them is odd, so that they can be collected again.</summary>
    private static readonly TimeSpan s_keptForRepair = TimeSpan.FromDays(7);

    public static async Task CloseAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        var part = work.Part;
        if (part.ProviderStatus == BatchStatus.Failed && part.Failure is { Code: "token_limit_exceeded" } && part.OutputFileId is null)
        {
            // OpenAI takes a batch first and turns it away later when too many tokens are queued (openai/openai-python#1643). Nothing ran, nothing is charged.
            await SendLaterAsync(work, provider, cancellationToken);
            return;
        }

        if (part.ProviderStatus == BatchStatus.Failed && !await work.Context.JobRows.AnyAsync(r => r.PartId == part.Id && r.State != RowState.Waiting, cancellationToken))
        {
            var refusal = await Refusal.OfAsync(work, provider, part.Failure, "no reason was given.", cancellationToken);
            await refusal.ApplyAsync(work, provider, cancellationToken);
            part.CleanUpAt = work.Now;
            part.CleanUpTries = 0;
            await PartQueue.SendNextAsync(work, cancellationToken);
            return;
        }

        await CloseAsync(work, provider, Unanswered(part, provider), null, cancellationToken);
    }

    /// <summary>Ends a part whose results cannot be had any more.</summary>
    /// <param name="work">The part.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="why">Why not, for people.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static Task CloseWithoutResultsAsync(PartInWork work, string provider, string why, CancellationToken cancellationToken) =>
        CloseAsync(work, provider, (RowState.Missing, ResultOutcome.Transient, $"{why} It can be run again."), why, cancellationToken);

    private static async Task CloseAsync(
        PartInWork work, string provider, (RowState State, ResultOutcome Outcome, string Message) end, string? why, CancellationToken cancellationToken)
    {
        var part = work.Part;
        if (end.State == RowState.Missing)
        {
            await CostRecorder.RecordMissingAsync(work, cancellationToken);
        }

        var unanswered = await work.Context.JobRows
            .Where(r => r.PartId == part.Id && r.State == RowState.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, end.State)
                    .SetProperty(r => r.Outcome, end.Outcome)
                    .SetProperty(r => r.ErrorMessage, end.Message),
                cancellationToken);
        var headline = await PartFindings.HeadlineAsync(work, provider, why, cancellationToken);
        if (headline is not null)
        {
            work.Note(ActivityKind.Problem, headline);
        }

        await PartFindings.NoteOddAsync(work, provider, part.RequestCount - unanswered, cancellationToken);
        var stored = await work.Context.JobRows.Where(r => r.PartId == part.Id).SumAsync(r => r.StoredImages, cancellationToken);
        work.Note(ActivityKind.Collected, string.Create(CultureInfo.InvariantCulture, $"Part {part.Number} is stored: {stored:N0} images on our disk."));
        part.Checkpoints = [.. part.Checkpoints.Select(c => c with { Finished = true })];
        part.CollectBy = null;
        part.CleanUpAt = work.Now + (await IsCleanAsync(work, cancellationToken) ? TimeSpan.Zero : s_keptForRepair);
        part.CleanUpTries = 0;
        work.MoveTo(PartState.Closed, headline ?? $"{SnapshotWriter.TooLateToCancel(part)} All results are stored.".TrimStart());
        await PartQueue.SendNextAsync(work, cancellationToken);
    }

    /// <summary>Whether nothing speaks for reading the results once more: no row without an answer, nothing that could not be read.</summary>
    private static async Task<bool> IsCleanAsync(PartInWork work, CancellationToken cancellationToken) =>
        !await work.Context.JobRows.AnyAsync(r => r.PartId == work.Part.Id && r.State == RowState.Missing, cancellationToken)
        && !await work.Context.UnmatchedResults.AnyAsync(u => u.PartId == work.Part.Id, cancellationToken);

    private static async Task SendLaterAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        var attempt = await work.Context.SubmissionAttempts.SingleAsync(a => a.PartId == work.Part.Id && a.State == AttemptState.Submitted, cancellationToken);
        attempt.State = AttemptState.Rejected;
        attempt.Message = "The provider's queue for this key was full.";
        work.Part.BatchId = null;
        work.Part.ProviderStatus = null;
        work.Part.RawStatus = null;
        work.Part.SubmittedAt = null;
        work.Part.ProviderEndedAt = null;
        work.Part.Failure = null;
        work.MoveTo(PartState.Ready, string.Empty);
        await PartQueue.WaitAsync(work, provider, null, cancellationToken);
    }

    /// <summary>What the end of the batch means for rows without an answer.</summary>
    private static (RowState State, ResultOutcome Outcome, string Message) Unanswered(JobPart part, string provider) => part.ProviderStatus switch
    {
        BatchStatus.Expired => (RowState.Expired, ResultOutcome.Expired, $"{provider}'s time ran out first. Not charged; can be run again."),
        BatchStatus.Cancelled => (RowState.Cancelled, ResultOutcome.Cancelled, "Cancelled before it was done. Not charged."),
        BatchStatus.Failed => (RowState.Failed, ResultOutcome.Invalid, $"{provider} refused the whole batch: {part.Failure?.Message ?? "no reason was given."} Nothing was charged."),
        _ => (RowState.Missing, ResultOutcome.Transient, $"{provider} gave no answer for this row. It can be run again."),
    };
}
