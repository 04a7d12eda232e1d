using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What a job's progress says beside its numbers.</summary>
internal static class ProgressWords
{
    /// <summary>When it may end, and what that guess stands on. Without history it says so instead of guessing.</summary>
    /// <param name="job">The job.</param>
    /// <param name="elapsed">How long it has been running.</param>
    /// <returns>The text, beginning with a separator; <see langword="null"/> when it has ended.</returns>
    public static string? Outlook(JobView job, TimeSpan elapsed)
    {
        if (job.Summary.State.HasEnded())
        {
            return null;
        }

        var forecast = job.Forecast;
        var basis = forecast.Jobs == 1 ? "your last job" : $"your last {Figures.Number(forecast.Jobs)} jobs";
        return forecast.Jobs == 0 ? " · no history yet to tell how long"
            : forecast.Remaining(elapsed) is { } left ? $" · about {Figures.Duration(left)} left ({basis})"
            : elapsed > forecast.Longest ? $" · longer than all of {basis} ({Figures.Duration(forecast.Longest)} at most)"
            : $" · should end soon ({basis}: up to {Figures.Duration(forecast.Longest)})";
    }

    /// <summary>How many batches there are and where the one is that has been going on longest.</summary>
    /// <param name="job">The job.</param>
    /// <returns>For example <c>2 of 7 done · in progress</c>.</returns>
    public static string Parts(JobView job)
    {
        var closed = job.Parts.Count(p => p.State == PartState.Closed);
        var open = job.Parts.FirstOrDefault(p => p.State != PartState.Closed);
        var tries = job.Tries > 1 ? $" in {Figures.Number(job.Tries)} tries" : "";
        return $"{Figures.Number(closed)} of {Figures.Number(job.Parts.Count)} done{tries}" + (open is null ? "" : $" · {Where(open)}");
    }

    private static string Where(PartSummary part) => part.State switch
    {
        PartState.Ready => "waiting to be sent",
        PartState.Submitting => "being sent",
        PartState.AtProvider => part.RawStatus?.Replace('_', ' ') ?? "at the provider",
        PartState.Collecting => "being collected",
        PartState.Held => "held",
        _ => "done",
    };
}
