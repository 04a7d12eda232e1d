using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Lets held parts move again so that a cancellation reaches them: unsent ones end, those in doubt are looked for once more, those at the provider are stopped.</summary>
internal static class PartRelease
{
    public static async Task HeldAsync(EngineDbContext context, IQueryable<JobPart> parts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var part in await parts.Where(p => p.State == PartState.Held).ToListAsync(cancellationToken))
        {
            part.State = part.BatchId is null ? PartState.Submitting : PartState.AtProvider;
            part.NextCheckAt = now;
            part.Reason = "Cancelling.";
        }
    }
}
