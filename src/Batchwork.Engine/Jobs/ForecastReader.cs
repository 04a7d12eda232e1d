using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Reads how long jobs of the same model took in this workspace.</summary>
internal static class ForecastReader
{
    /// <summary>Finished jobs looked at, the latest first.</summary>
    private const int History = 20;

    /// <summary>A job with four times as many rows says little about this one, unless there is nothing better.</summary>
    private const int SizeFactor = 4;

    private const int EnoughOfSize = 3;

    public static async Task<JobForecast> ReadAsync(EngineDbContext context, Job job, CancellationToken cancellationToken)
    {
        if (job.State.HasEnded())
        {
            return JobForecast.NoHistory;
        }

        // A job that was retried ended long after it began, for reasons that were not the provider's.
        var alike = context.Jobs.Where(j =>
            j.WorkspaceId == job.WorkspaceId
            && (j.State == JobState.Done || j.State == JobState.DoneWithProblems)
            && j.Provider == job.Provider && j.Model == job.Model && j.IsDemo == job.IsDemo
            && j.Tries == 1 && j.EndedAt != null);
        var smallest = job.RequestedRows / SizeFactor;
        var largest = (long)job.RequestedRows * SizeFactor;
        var ofSize = await DurationsAsync(alike.Where(j => j.RequestedRows >= smallest && j.RequestedRows <= largest), cancellationToken);
        return JobForecast.From(ofSize.Count >= EnoughOfSize ? ofSize : await DurationsAsync(alike, cancellationToken));
    }

    private static async Task<List<TimeSpan>> DurationsAsync(IQueryable<Job> jobs, CancellationToken cancellationToken)
    {
        var times = await jobs
            .OrderByDescending(j => j.EndedAt)
            .Take(History)
            .Select(j => new { j.CreatedAt, EndedAt = j.EndedAt!.Value })
            .ToListAsync(cancellationToken);
        return times.ConvertAll(t => t.EndedAt - t.CreatedAt);
    }
}
