using System.Globalization;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Polling;

/// <summary>Writes down what a provider says of a batch: status only moves forward, file ids once seen stay.</summary>
internal static class SnapshotWriter
{
    /// <summary>The provider's answer is kept for people to look at, not without bound.</summary>
    private const int RawAnswerLength = 64 * 1024;

    /// <summary>Hosted pictures live about an hour from their making on, which is somewhere between two polls (docs.x.ai, batch guide).</summary>
    private static readonly TimeSpan s_linkLife = TimeSpan.FromHours(1);

    /// <summary>So long after the provider's own time a person is asked.</summary>
    private static readonly TimeSpan s_longestOverdue = TimeSpan.FromDays(7);

    /// <summary>So many odd answers in a row are told in the timeline. One may be a slip of the provider's.</summary>
    private const int OddAnswersToTell = 3;

    public static void Apply(PartInWork work, BatchSnapshot snapshot, AdapterCapabilities provider)
    {
        var part = work.Part;
        var before = (Status: part.ProviderStatus, Polled: part.LastPolledAt);
        part.LastPolledAt = work.Now;
        part.RawStatus = snapshot.RawStatus;
        part.ProviderStatus = Forward(before.Status, snapshot.Status);
        part.ProviderTotal = snapshot.RequestCounts.Total;
        part.ProviderCompleted = snapshot.RequestCounts.Completed;
        part.ProviderFailed = snapshot.RequestCounts.Failed;
        part.OutputFileId = snapshot.OutputFileId ?? part.OutputFileId;
        part.ErrorFileId = snapshot.ErrorFileId ?? part.ErrorFileId;
        part.ProviderExpiresAt = snapshot.ExpiresAt ?? part.ProviderExpiresAt;
        part.ProviderEndedAt = snapshot.CompletedAt ?? part.ProviderEndedAt;
        part.RawAnswer = Raw(snapshot);
        part.Failure = snapshot.Errors.Count > 0 ? snapshot.Errors[0] : part.Failure;

        if (part.ProviderStatus != before.Status && part.ProviderStatus is { } status)
        {
            work.Note(ActivityKind.ProviderStatus, string.Create(CultureInfo.InvariantCulture, $"{provider.DisplayName}: part {part.Number} is {Word(status)}."));
        }

        var hasNew = provider.ResultsWhileRunning && snapshot.RequestCounts.Completed + snapshot.RequestCounts.Failed > part.DrainedResults;
        if (hasNew)
        {
            part.DrainedResults = snapshot.RequestCounts.Completed + snapshot.RequestCounts.Failed;
            part.CollectBy ??= (before.Polled ?? part.SubmittedAt ?? work.Now) + s_linkLife;
        }

        if (part.ProviderStatus?.IsTerminal() == true)
        {
            part.ProviderEndedAt ??= work.Now;
            part.ResultsExpireAt = provider.ResultsKeptFor is { } kept ? part.ProviderEndedAt + kept : null;
            if (TooLateToCancel(part) is { } tooLate && before.Status?.IsTerminal() != true)
            {
                work.Note(ActivityKind.ProviderStatus, tooLate);
            }

            work.MoveTo(PartState.Collecting, "Storing the results.");
        }
        else if (hasNew)
        {
            work.MoveTo(PartState.Collecting, "Storing what is done so far.");
        }
        else
        {
            Wait(work, snapshot, provider);
        }
    }

    /// <summary>What to say of a batch that ended by itself although it was to be cancelled; <see langword="null"/> for others.</summary>
    public static string? TooLateToCancel(JobPart part) => part is { CancelSentAt: null } or { ProviderStatus: null or BatchStatus.Cancelled or BatchStatus.Cancelling }
        ? null
        : $"Too late to cancel: it had {part.ProviderStatus switch
        {
            BatchStatus.Failed => "failed",
            BatchStatus.Expired => "expired",
            _ => "finished",
        }}.";

    /// <summary>Leaves a batch that runs until the next poll is due.</summary>
    public static void WaitOn(PartInWork work, string reason) => work.Wait(NextPoll(work), reason);

    private static void Wait(PartInWork work, BatchSnapshot snapshot, AdapterCapabilities provider)
    {
        var overdue = work.Now - (work.Part.SubmittedAt ?? work.Now) - provider.CompletionWindow;
        if (overdue > s_longestOverdue && work.Part.CancelSentAt is null)
        {
            PartTroubles.Hold(work, $"{provider.DisplayName} has not finished this batch {Text(overdue)} after its time. Check again, or cancel it.");
            return;
        }

        if (snapshot.Status is null || (snapshot.Status != work.Part.ProviderStatus && work.Part.CancelSentAt is null))
        {
            WaitOnOddAnswer(work, $"{provider.DisplayName} reports “{snapshot.RawStatus}”.");
            return;
        }

        WaitOn(
            work,
            overdue > TimeSpan.Zero ? $"Overdue by {Text(overdue)}. {provider.DisplayName} normally finishes in {Text(provider.CompletionWindow)}. Cancel it, or keep waiting."
            : work.Part.DuplicateBatchIds.Count > 0 ? "Found two identical batches. One is not needed — cancel it? It is charged if it runs. See Parts."
            : WaitText(work.Part.ProviderStatus, provider.DisplayName));
    }

    /// <summary>A status that is not known here, or one that lies behind what the batch had reached: the highest is kept, the provider's word shown.</summary>
    private static void WaitOnOddAnswer(PartInWork work, string said)
    {
        work.LookAgainIn(NextPoll(work), $"{said} Waiting.");
        if (work.Part.Checks == OddAnswersToTell)
        {
            work.Note(ActivityKind.Problem, string.Create(
                CultureInfo.InvariantCulture,
                $"{said} That makes no sense for part {work.Part.Number}, {OddAnswersToTell} times in a row. It is asked on; cancel it if that goes on."));
        }
    }

    private static TimeSpan NextPoll(PartInWork work) => PollSchedule.NextPoll(work.Now - (work.Part.SubmittedAt ?? work.Now), work.Job.IsDemo);

    /// <summary>An ended batch stays ended, and a running one never goes back to the queue, whatever an answer says.</summary>
    private static BatchStatus? Forward(BatchStatus? before, BatchStatus? now) =>
        now is null || before?.IsTerminal() == true || (before > now && now < BatchStatus.Completed) ? before : now;

    private static string Text(TimeSpan time) => time >= TimeSpan.FromDays(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)time.TotalHours)} h");

    private static string WaitText(BatchStatus? status, string provider) => status switch
    {
        BatchStatus.InProgress => $"{provider} is working on it.",
        BatchStatus.Finalizing => $"{provider} is writing the results.",
        BatchStatus.Cancelling => $"{provider} is stopping it; this may take up to 10 minutes.",
        _ => $"Waiting for {provider} to begin.",
    };

    private static string Word(BatchStatus status) => status switch
    {
        BatchStatus.Validating => "being checked",
        BatchStatus.InProgress => "in progress",
        BatchStatus.Finalizing => "almost done; the results are being written",
        BatchStatus.Completed => "complete",
        BatchStatus.Failed => "failed",
        BatchStatus.Expired => "expired",
        BatchStatus.Cancelling => "being cancelled",
        _ => "cancelled",
    };

    private static string? Raw(BatchSnapshot snapshot)
    {
        if (snapshot.Raw.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        var raw = snapshot.Raw.GetRawText();
        return raw.Length <= RawAnswerLength ? raw : raw[..RawAnswerLength];
    }
}
