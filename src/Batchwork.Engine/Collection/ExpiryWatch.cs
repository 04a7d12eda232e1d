using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>Warns people, once, before a provider deletes results that are not stored here yet.</summary>
internal sealed class ExpiryWatch(IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>At most so long before; where results live less long, in the last quarter of their life.</summary>
    private static readonly TimeSpan s_longestNotice = TimeSpan.FromDays(3);

    public async Task WarnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var horizon = now + s_longestNotice;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var near = await context.JobParts
            .Where(p => p.ResultsExpireAt < horizon && p.ExpiryWarnedAt == null && p.State != PartState.Closed && p.BatchId != null)
            .Join(context.Jobs, p => p.JobId, j => j.Id, (p, j) => new { Part = p, Job = j })
            .ToListAsync(cancellationToken);
        foreach (var (part, job) in near.Select(n => (n.Part, n.Job)))
        {
            var provider = adapters.Find(job.Provider)?.Capabilities;
            var notice = provider?.ResultsKeptFor / 4 is { } quarter && quarter < s_longestNotice ? quarter : s_longestNotice;
            if (part.ResultsExpireAt - now > notice)
            {
                continue;
            }

            part.ExpiryWarnedAt = now;
            context.Activities.Add(new Activity
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = job.WorkspaceId,
                JobId = job.Id,
                PartId = part.Id,
                At = now,
                Kind = ActivityKind.Problem,
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{provider?.DisplayName ?? job.Provider} deletes the results of part {part.Number} on {part.ResultsExpireAt:yyyy-MM-dd HH:mm} UTC, and they are not all stored here yet. {part.Reason}"),
            });
            await context.SaveChangesAsync(cancellationToken);
            liveUpdates.Publish(new LiveChange(job.WorkspaceId, job.Id));
        }
    }
}
