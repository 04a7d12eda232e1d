using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Counts what a retry would send.</summary>
internal static class RetryReader
{
    public static async Task<RetryPreview> ReadAsync(EngineDbContext context, Job job, RetryScope scope, CancellationToken cancellationToken)
    {
        var ofJob = context.JobRows.Where(r => r.JobId == job.Id);
        var all = await scope.Within(ofJob).CountAsync(cancellationToken);
        if (all == 0)
        {
            return RetryPreview.Nothing;
        }

        var rows = scope.Of(ofJob);
        var (count, images, microUsd) = await SumAsync(job, rows, cancellationToken);
        return count == 0
            ? RetryPreview.Nothing with { NeedChange = all }
            : new RetryPreview(count, images, microUsd, all - count)
            {
                Reusable = await StoredReuse.CountAsync(context, rows, cancellationToken),
            };
    }

    /// <summary>How many rows and pictures would be sent again, and what that is estimated to cost.</summary>
    public static async Task<(int Rows, long Images, long? MicroUsd)> SumAsync(Job job, IQueryable<JobRow> rows, CancellationToken cancellationToken)
    {
        var again = await rows
            .GroupBy(r => r.JobId)
            .Select(g => new
            {
                Rows = g.Count(),
                Images = g.Sum(r => (long)r.RequestedImages),
                MicroUsd = g.Sum(r => r.EstimateMicroUsd ?? 0),
                Unpriced = g.Count(r => r.EstimateMicroUsd == null),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return again is null ? (0, 0, 0)
            : (again.Rows, again.Images, again.Unpriced == 0 ? again.MicroUsd : PriceOf(again.Images, job.Estimate));
    }

    /// <summary>Of jobs that were started before rows had estimates of their own.</summary>
    private static long? PriceOf(long images, JobEstimate estimate) =>
        estimate is { MicroUsd: { } sum, UnpricedImages: 0, Images: > 0 } ? (long)((decimal)sum * images / estimate.Images) : null;
}
