using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Counts what a retry would send.</summary>
internal static class RetryReader
{
    public static async Task<RetryPreview> ReadAsync(EngineDbContext context, Job job, CancellationToken cancellationToken)
    {
        var rows = context.JobRows.Where(r => r.JobId == job.Id && RetryRule.States.Contains(r.State));
        var all = await rows.CountAsync(cancellationToken);
        if (all == 0)
        {
            return RetryPreview.Nothing;
        }

        var again = await rows
            .Where(RetryRule.CanRetry)
            .GroupBy(r => r.JobId)
            .Select(g => new { Rows = g.Count(), Images = g.Sum(r => (long)r.RequestedImages) })
            .SingleOrDefaultAsync(cancellationToken);
        return again is null
            ? RetryPreview.Nothing with { NeedChange = all }
            : new RetryPreview(again.Rows, again.Images, PriceOf(again.Images, job.Estimate), all - again.Rows);
    }

    private static long? PriceOf(long images, JobEstimate estimate) =>
        estimate is { MicroUsd: { } sum, UnpricedImages: 0, Images: > 0 } ? (long)((decimal)sum * images / estimate.Images) : null;
}
