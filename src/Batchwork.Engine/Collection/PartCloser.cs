using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>Ends a part whose results are all stored: explains every row that got no answer, so that the ledger adds up.</summary>
internal static class PartCloser
{
    /// <summary>How long a batch waits that a full queue turned away.</summary>
    private static readonly TimeSpan s_queueFullWait = TimeSpan.FromMinutes(10);

    public static async Task CloseAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        var part = work.Part;
        if (part.ProviderStatus == BatchStatus.Failed && part.Failure is { Code: "token_limit_exceeded" } && part.OutputFileId is null)
        {
            // OpenAI takes a batch first and turns it away later when too many tokens are queued (openai/openai-python#1643). Nothing ran, nothing is charged.
            await SendLaterAsync(work, provider, cancellationToken);
            return;
        }

        var (state, outcome, message) = Unanswered(part, provider);
        var unanswered = await work.Context.JobRows
            .Where(r => r.PartId == part.Id && r.State == RowState.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, state)
                    .SetProperty(r => r.Outcome, outcome)
                    .SetProperty(r => r.ErrorMessage, message),
                cancellationToken);
        if (unanswered > 0)
        {
            work.Note(ActivityKind.Problem, string.Create(CultureInfo.InvariantCulture, $"{unanswered:N0} rows of part {part.Number} have no answer. {message}"));
        }

        var stored = await work.Context.JobRows.Where(r => r.PartId == part.Id).SumAsync(r => r.StoredImages, cancellationToken);
        work.Note(ActivityKind.Collected, string.Create(CultureInfo.InvariantCulture, $"Part {part.Number} is stored: {stored:N0} images on our disk."));
        part.Checkpoints = [.. part.Checkpoints.Select(c => c with { Finished = true })];
        work.MoveTo(PartState.Closed, "All results are stored.");
    }

    private static async Task SendLaterAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        var attempt = await work.Context.SubmissionAttempts.SingleAsync(a => a.PartId == work.Part.Id && a.State == AttemptState.Submitted, cancellationToken);
        attempt.State = AttemptState.Rejected;
        attempt.Message = "The provider's queue for this key was full.";
        work.Part.BatchId = null;
        work.Part.ProviderStatus = null;
        work.Part.SubmittedAt = null;
        work.MoveTo(PartState.Ready, string.Empty);
        work.LookAgainIn(s_queueFullWait, $"{provider}'s queue for your key is full. This part waits here and is sent as space frees. Nothing lost, nothing charged.");
        work.Note(ActivityKind.Problem, work.Part.Reason!);
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
