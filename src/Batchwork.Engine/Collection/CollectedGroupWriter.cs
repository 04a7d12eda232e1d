using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>Makes a group of results durable: pictures to disk first, then everything that names them in one transaction.</summary>
internal sealed class CollectedGroupWriter(IImageStore store, PartWriter writer)
{
    public async Task WriteAsync(PartLease lease, Job job, CollectedGroup group, CancellationToken cancellationToken)
    {
        await store.CommitAsync([.. group.Pictures], cancellationToken);
        var outcomes = group.Results.Select(RowOutcome.Of).ToList();
        await writer.WriteAsync(lease, work => ApplyAsync(work, outcomes, cancellationToken), cancellationToken);
    }

    private static async Task ApplyAsync(PartInWork work, List<RowOutcome> outcomes, CancellationToken cancellationToken)
    {
        var ids = outcomes.Where(o => o.Row is not null).Select(o => o.Row!.Id).ToList();
        var rows = await work.Context.JobRows.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        foreach (var outcome in outcomes)
        {
            if (outcome.Row is { } row)
            {
                outcome.ApplyTo(rows[row.Id], work.Now);
                work.Context.StoredImages.AddRange(outcome.Images(work));
            }

            if (outcome.Unmatched(work) is { } unmatched && !await IsKnownAsync(work, unmatched, cancellationToken))
            {
                work.Context.UnmatchedResults.Add(unmatched);
            }

            work.Part.Checkpoints = Advance(work.Part.Checkpoints, outcome.Position);
        }
    }

    private static async Task<bool> IsKnownAsync(PartInWork work, UnmatchedResult unmatched, CancellationToken cancellationToken) =>
        await work.Context.UnmatchedResults.AnyAsync(u => u.PartId == unmatched.PartId && u.Place == unmatched.Place, cancellationToken);

    /// <summary>One checkpoint a source.</summary>
    private static IReadOnlyList<CollectCheckpoint> Advance(IReadOnlyList<CollectCheckpoint> checkpoints, ResultPosition position) =>
        [.. checkpoints.Where(c => c.Position.Source != position.Source), new CollectCheckpoint(position, false)];
}
