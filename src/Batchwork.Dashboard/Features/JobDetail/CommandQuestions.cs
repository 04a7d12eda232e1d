using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>The questions before something that costs or cannot be taken back: with numbers, and with what stays.</summary>
internal static class CommandQuestions
{
    public static Confirmation Cancel(JobView job)
    {
        var ledger = job.Summary.Ledger;
        var finished = ledger.Requested - ledger.Waiting;
        var texts = new List<string>
        {
            finished == 0
                ? $"No row is finished yet. What {job.Summary.ProviderName} finishes before it stops is stored here and charged."
                : $"{Figures.Count(finished, "finished row stays and is", "finished rows stay and are")} charged{CostOf(job, finished)}. "
                    + $"What {job.Summary.ProviderName} finishes before it stops is charged too, and stored here.",
            $"{Figures.Count(ledger.Waiting, "unfinished row stops", "unfinished rows stop")}. {job.Summary.ProviderName} may take up to ten minutes for that.",
        };
        return new Confirmation($"Cancel “{job.Summary.Name}”?", texts, $"Cancel {Figures.Count(ledger.Waiting, "row")}", "Keep running");
    }

    public static Confirmation Retry(JobView job)
    {
        var retry = job.Retry;
        var cost = job.Summary.IsDemo ? "This is the demo: it costs nothing."
            : retry.MicroUsd is { } price ? $"About {Figures.Usd(price)}, by the job's average price of a picture."
            : "What it costs is not known: there is no price for this model.";
        var texts = new List<string>
        {
            $"{Figures.Count(retry.Rows, "row asks", "rows ask")} again for {Figures.Count(retry.Images, "picture")}, with the same settings. {cost}",
        };
        if (retry.NeedChange > 0)
        {
            texts.Add($"{Figures.Count(retry.NeedChange, "row is", "rows are")} left alone: sent as they are they would fail again. Problems says what to change.");
        }

        return new Confirmation("Retry failed rows?", texts, $"Send {Figures.Count(retry.Rows, "row")} again", "Not now");
    }

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

    private static string CostOf(JobView job, int rows) =>
        job.Summary.IsDemo ? " ($0.00, it is the demo)"
        : job.Estimate is { MicroUsd: { } sum, UnpricedImages: 0, Requests: > 0 } estimate ? $" (about {Figures.Usd((long)((decimal)sum * rows / estimate.Requests))})"
        : "";
}
