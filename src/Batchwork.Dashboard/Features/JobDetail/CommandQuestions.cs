using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>The questions before something that costs or cannot be taken back: with numbers, and with what stays.</summary>
internal static class CommandQuestions
{
    public static Confirmation Cancel(JobView job)
    {
        var ledger = job.Summary.Ledger;
        return new Confirmation(
            $"Cancel “{job.Summary.Name}”?",
            Stopping(job, CancelPreview.Of(ledger), ledger.Requested - ledger.Waiting),
            $"Cancel {Figures.Count(ledger.Waiting, "row")}",
            "Keep running");
    }

    public static Confirmation CancelPart(JobView job, PartDetail part)
    {
        var waiting = part.Rows.GetValueOrDefault(RowState.Waiting);
        var isSent = part.Summary.BatchId is not null || part.Summary.State is PartState.Submitting or PartState.Held;
        var preview = new CancelPreview(0, 0, isSent ? waiting : 0, isSent ? 0 : waiting);
        return new Confirmation(
            $"Cancel part {Figures.Number(part.Summary.Number)} of {Figures.Number(part.PartsOfJob)}?",
            Stopping(job, preview, part.Rows.Values.Sum() - waiting),
            $"Cancel {Figures.Count(waiting, "row")}",
            "Keep running");
    }

    public static Confirmation CancelDuplicate(JobView job, PartSummary part, string batchId) => new(
        "Cancel the batch that is not needed?",
        [
            $"{job.Summary.ProviderName} has two batches with the requests of part {Figures.Number(part.Number)}. {batchId} is cancelled; {part.BatchId} goes on.",
            $"What {job.Summary.ProviderName} has finished of it already is charged.",
        ],
        "Cancel this batch",
        "Leave both");

    public static Confirmation Retry(JobView job, RetryPreview retry, string title)
    {
        var texts = new List<string>
        {
            $"{Figures.Count(retry.Rows, "row asks", "rows ask")} again for {Figures.Count(retry.Images, "picture")}, with the same settings. {CostOf(job, retry)}",
        };
        if (retry.NeedChange > 0)
        {
            texts.Add($"{Figures.Count(retry.NeedChange, "row is", "rows are")} left alone: sent as they are they would fail again. Problems says what to change.");
        }

        if (retry.Reusable > 0)
        {
            texts.Add($"For {Figures.Number(retry.Reusable)} of these rows pictures of the very same request are stored already. Problems offers to use those instead of paying again.");
        }

        return new Confirmation(title, texts, $"Send {Figures.Count(retry.Rows, "row")} again", "Not now");
    }

    public static Confirmation Reuse(JobView job) => new(
        "Use stored pictures?",
        [
            $"{Figures.Count(job.Retry.Reusable, "row gets the pictures", "rows get the pictures")} that this workspace has stored for the very same request. Nothing is sent, and nothing is charged.",
            "If you want new and different pictures for them, retry the rows instead.",
        ],
        $"Use stored pictures for {Figures.Count(job.Retry.Reusable, "row")}",
        "Not now");

    /// <summary>Checking again costs nothing and asks nothing.</summary>
    public static Confirmation? Decide(JobView job, PartSummary part, HoldDecision decision) => decision switch
    {
        HoldDecision.SubmitAgain => new Confirmation(
            $"Submit part {part.Number} again?",
            [
                $"Nobody can tell whether {job.Summary.ProviderName} has these {Figures.Count(part.RequestCount, "request")} already. If it has, you pay for them twice.",
                $"The surest way to know is to look at {job.Summary.ProviderName}'s own list of batches.",
            ],
            $"Submit {Figures.Count(part.RequestCount, "request")} again",
            "Leave it held"),
        HoldDecision.MarkAsNotSent => new Confirmation(
            $"Mark part {part.Number} as not sent?",
            [
                $"Its {Figures.Count(part.RequestCount, "row")} end as failed and can be retried later.",
                $"If {job.Summary.ProviderName} has accepted them after all, they are charged and their pictures are not collected.",
            ],
            "Mark as not sent",
            "Leave it held"),
        _ => null,
    };

    private static List<string> Stopping(JobView job, CancelPreview preview, int finished)
    {
        var provider = job.Summary.ProviderName;
        var texts = new List<string>
        {
            finished == 0 ? "No row is finished yet." : $"{Figures.Count(finished, "finished row stays and is", "finished rows stay and are")} charged{CostOf(job, finished)}.",
        };
        if (preview.DoneAtProvider + preview.AtProvider is > 0 and var there)
        {
            texts.Add($"{Figures.Count(there, "row is", "rows are")} at {provider}. What it finishes before it stops is charged too, and stored here; it may take up to ten minutes.");
        }

        if (preview.NotSent > 0)
        {
            texts.Add($"{Figures.Count(preview.NotSent, "row was", "rows were")} not sent yet. {(preview.NotSent == 1 ? "It costs" : "They cost")} nothing.");
        }

        return texts;
    }

    private static string CostOf(JobView job, RetryPreview retry) => job.Summary.IsDemo ? "This is the demo: it costs nothing."
        : retry.MicroUsd is { } price ? $"About {Figures.Usd(price)}, by the job's average price of a picture."
        : "What it costs is not known: there is no price for this model.";

    private static string CostOf(JobView job, int rows) =>
        job.Summary.IsDemo ? " ($0.00, it is the demo)"
        : job.Estimate is { MicroUsd: { } sum, UnpricedImages: 0, Requests: > 0 } estimate ? $" (about {Figures.Usd((long)((decimal)sum * rows / estimate.Requests))})"
        : "";
}
