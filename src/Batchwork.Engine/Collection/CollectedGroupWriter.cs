using Batchwork.Engine.Connections;
using Batchwork.Engine.Costs;
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
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        var ids = outcomes.Where(o => o.Row is not null).Select(o => o.Row!.Id).ToList();
        var rows = await work.Context.JobRows.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        foreach (var outcome in outcomes)
        {
            if (outcome.Row is { } row)
            {
                outcome.ApplyTo(rows[row.Id], work.Now);
                work.Context.StoredImages.AddRange(outcome.Images(work));
            }

            if (!await IsRepeatedAsync(work, outcome, cancellationToken)
                && outcome.Unmatched(work) is { } unmatched && !await IsKnownAsync(work, unmatched, cancellationToken))
            {
                work.Context.UnmatchedResults.Add(unmatched);
            }

            work.Part.Checkpoints = Advance(work.Part.Checkpoints, outcome.Position);
        }

        await CostRecorder.RecordAsync(work, [.. outcomes.Where(o => o.Row is not null).Select(o => (rows[o.Row!.Id], o.Outcome, o.Usage))], cancellationToken);
    }

    /// <summary>
    /// Whether a second answer says the same as the first. Providers repeat lines, and pages are read again from their start when they were filled up
    /// behind the place where reading was taken up: only what differs is worth keeping.
    /// </summary>
    private static async Task<bool> IsRepeatedAsync(PartInWork work, RowOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.SecondAnswerTo is not { } row)
        {
            return false;
        }

        var hashes = outcome.Hashes.ToHashSet(StringComparer.Ordinal);
        if (hashes.Count == 0)
        {
            var first = await work.Context.JobRows.SingleAsync(r => r.Id == row.Id, cancellationToken);
            return first.Outcome == outcome.Outcome;
        }

        var stored = await work.Context.StoredImages.Where(i => i.RowId == row.Id && i.TryNumber == row.TryNumber).Select(i => i.Sha256).ToListAsync(cancellationToken);
        hashes.ExceptWith(stored);
        hashes.ExceptWith(work.Context.StoredImages.Local.Where(i => i.RowId == row.Id && i.TryNumber == row.TryNumber).Select(i => i.Sha256));
        return hashes.Count == 0;
    }

    private static async Task<bool> IsKnownAsync(PartInWork work, UnmatchedResult unmatched, CancellationToken cancellationToken) =>
        await work.Context.UnmatchedResults.AnyAsync(u => u.PartId == unmatched.PartId && u.Place == unmatched.Place, cancellationToken);

    /// <summary>One checkpoint a source.</summary>
    private static IReadOnlyList<CollectCheckpoint> Advance(IReadOnlyList<CollectCheckpoint> checkpoints, ResultPosition position) =>
        [.. checkpoints.Where(c => c.Position.Source != position.Source), new CollectCheckpoint(position, false)];
}
