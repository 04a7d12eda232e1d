using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>I3: requested = the sum of the eight states, and what is closed leaves no row waiting. I4: as many pictures as the row says.</summary>
internal sealed class LedgerCheck : IIntegrityCheck
{
    public string Subject => "the ledger";

    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var faults in (IQueryable<IntegrityFault>[])[Incomplete(context), Unplanned(context), Unexplained(context), Unsent(context), Miscounted(context), Unnamed(context)])
        {
            await foreach (var fault in faults.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return fault;
            }
        }
    }

    private static IQueryable<IntegrityFault> Incomplete(EngineDbContext context) => context.Jobs
        .Select(j => new { j.Id, j.RequestedRows, Rows = context.JobRows.Count(r => r.JobId == j.Id && r.State != RowState.Skipped) })
        .Where(j => j.RequestedRows != j.Rows)
        .Select(j => new IntegrityFault("I3", "Job " + j.Id + " requested " + j.RequestedRows + " rows but has " + j.Rows + "."));

    private static IQueryable<IntegrityFault> Unplanned(EngineDbContext context) => context.JobRows
        .Where(r => r.State != RowState.Skipped && r.ReusedFrom == null && (r.PartId == null || !context.JobParts.Any(p => p.Id == r.PartId && p.JobId == r.JobId)))
        .Select(r => new IntegrityFault("I3", "Row " + r.CustomId + " of job " + r.JobId + " is in no part of its job: it will never be sent."));

    private static IQueryable<IntegrityFault> Unexplained(EngineDbContext context) => context.JobParts
        .Where(p => p.State == PartState.Closed)
        .Select(p => new { p.Id, Waiting = context.JobRows.Count(r => r.PartId == p.Id && r.State == RowState.Waiting) })
        .Where(p => p.Waiting > 0)
        .Select(p => new IntegrityFault("I3", "Part " + p.Id + " is closed but " + p.Waiting + " of its rows are unexplained."));

    /// <summary>Rows leave a part only for their next try, when it is closed.</summary>
    private static IQueryable<IntegrityFault> Unsent(EngineDbContext context) => context.JobParts
        .Select(p => new { p.Id, p.State, p.RequestCount, Rows = context.JobRows.Count(r => r.PartId == p.Id) })
        .Where(p => p.Rows > p.RequestCount || (p.State != PartState.Closed && p.Rows < p.RequestCount))
        .Select(p => new IntegrityFault("I3", "Part " + p.Id + " was planned with " + p.RequestCount + " rows but has " + p.Rows + "."));

    private static IQueryable<IntegrityFault> Miscounted(EngineDbContext context) => context.JobRows
        .Select(r => new { r.JobId, r.CustomId, r.State, r.RequestedImages, r.StoredImages, Pictures = context.StoredImages.Count(i => i.RowId == r.Id && i.TryNumber == r.TryNumber) })
        .Where(r => r.StoredImages != r.Pictures
            || (r.State == RowState.Stored && r.Pictures < r.RequestedImages)
            || (r.State == RowState.Partial && (r.Pictures == 0 || r.Pictures >= r.RequestedImages))
            || (r.State != RowState.Stored && r.State != RowState.Partial && r.Pictures > 0))
        .Select(r => new IntegrityFault("I4", "Row " + r.CustomId + " of job " + r.JobId + " says " + r.StoredImages + " of " + r.RequestedImages + " images, but " + r.Pictures + " are stored under it."));

    /// <summary>Pictures of one try are numbered from 0 without a gap; a second copy would be number n.</summary>
    private static IQueryable<IntegrityFault> Unnamed(EngineDbContext context) => context.StoredImages
        .GroupBy(i => new { i.RowId, i.TryNumber })
        .Where(g => g.Min(i => i.Index) != 0 || g.Max(i => i.Index) != g.Count() - 1)
        .Select(g => new IntegrityFault("I4", "The pictures of row " + g.Key.RowId + ", try " + g.Key.TryNumber + ", are not numbered from 0 without a gap."));
}
