using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Makes the next try of rows: the same rows, new parts. Pictures of earlier tries stay.</summary>
public sealed class RowRetrier(ProviderAdapters adapters, TimeProvider time)
{
    /// <summary>Puts the rows of a scope that can be retried into new parts. Part of the caller's transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="scope">Which rows.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>How many rows.</returns>
    internal async Task<int> RetryAsync(EngineDbContext context, Job job, RetryScope scope, CancellationToken cancellationToken)
    {
        var rows = scope.Of(context.JobRows.Where(r => r.JobId == job.Id));
        var cuts = await PlanAsync(rows, job, cancellationToken);
        if (cuts.Count == 0)
        {
            return 0;
        }

        var number = await context.JobParts.Where(p => p.JobId == job.Id).MaxAsync(p => (int?)p.Number, cancellationToken) ?? 0;
        var now = time.GetUtcNow();
        foreach (var (count, lastIndex) in cuts)
        {
            var part = new JobPart
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = job.WorkspaceId,
                JobId = job.Id,
                ConnectionId = job.ConnectionId,
                Number = ++number,
                TryNumber = job.Tries + 1,
                RequestCount = count,
                State = PartState.Ready,
                NextCheckAt = now,
                Reason = "Ready to be sent.",
            };
            context.JobParts.Add(part);
            await context.SaveChangesAsync(cancellationToken);

            // The rows of the parts before are waiting again and no longer found.
            await rows.Where(r => r.Index <= lastIndex).ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, RowState.Waiting)
                    .SetProperty(r => r.TryNumber, r => r.TryNumber + 1)
                    .SetProperty(r => r.PartId, part.Id)
                    .SetProperty(r => r.Outcome, (ResultOutcome?)null)
                    .SetProperty(r => r.ErrorCode, (string?)null)
                    .SetProperty(r => r.ErrorMessage, (string?)null)
                    .SetProperty(r => r.AnsweredAt, (DateTimeOffset?)null),
                cancellationToken);
        }

        job.Tries++;
        return cuts.Sum(c => c.Count);
    }

    /// <summary>Cuts the rows into parts as the first try did: failed rows of several parts may be too much for one.</summary>
    private async Task<List<(int Count, int LastIndex)>> PlanAsync(IQueryable<JobRow> rows, Job job, CancellationToken cancellationToken)
    {
        var planner = new PartPlanner(adapters.Of(job.Provider).Capabilities);
        var cuts = new List<(int Count, int LastIndex)>();
        await foreach (var row in rows.AsNoTracking().OrderBy(r => r.Index).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (planner.Add(RequestSize.AtMost(RowRequest.Of(row, job.Defaults, job.Provider))) > cuts.Count)
            {
                cuts.Add((0, 0));
            }

            cuts[^1] = (cuts[^1].Count + 1, row.Index);
        }

        return cuts;
    }
}
