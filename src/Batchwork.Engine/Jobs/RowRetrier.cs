using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Makes the next try of rows: the same rows, new parts. Pictures of earlier tries stay.</summary>
public sealed class RowRetrier(ProviderAdapters adapters, TimeProvider time)
{
    /// <summary>Puts all rows that can be retried (see <see cref="RetryRule"/>) into new parts. Part of the caller's transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>How many rows.</returns>
    internal async Task<int> RetryAsync(EngineDbContext context, Job job, CancellationToken cancellationToken)
    {
        var rows = context.JobRows.Where(r => r.JobId == job.Id && RetryRule.States.Contains(r.State)).Where(RetryRule.CanRetry);
        var partNumber = await context.JobParts.Where(p => p.JobId == job.Id).MaxAsync(p => p.Number, cancellationToken);
        var most = adapters.Of(job.Provider).Capabilities.MaxRequests;
        var now = time.GetUtcNow();
        var total = 0;
        while (true)
        {
            // The rows of one part: those taken before are waiting again and no longer found.
            var count = await rows.OrderBy(r => r.Index).Take(most).CountAsync(cancellationToken);
            if (count == 0)
            {
                break;
            }

            var lastIndex = await rows.OrderBy(r => r.Index).Skip(count - 1).Select(r => r.Index).FirstAsync(cancellationToken);
            var part = new JobPart
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = job.WorkspaceId,
                JobId = job.Id,
                ConnectionId = job.ConnectionId,
                Number = ++partNumber,
                TryNumber = job.Tries + 1,
                RequestCount = count,
                State = PartState.Ready,
                NextCheckAt = now,
                Reason = "Ready to be sent.",
            };
            context.JobParts.Add(part);
            await context.SaveChangesAsync(cancellationToken);
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
            total += count;
        }

        if (total > 0)
        {
            job.Tries++;
        }

        return total;
    }
}
