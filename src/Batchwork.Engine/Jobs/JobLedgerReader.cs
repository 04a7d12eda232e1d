using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Counts ledgers. Two queries for any number of jobs, both answered by indexes alone.</summary>
internal static class JobLedgerReader
{
    /// <summary>The ledger of one job, or <see langword="null"/> when there is no such job.</summary>
    public static async Task<JobLedger?> ReadAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken)
    {
        var job = await context.Jobs
            .Where(j => j.Id == jobId)
            .Select(j => new LedgerSubject(j.Id, j.RequestedRows, j.RequestedImages))
            .SingleOrDefaultAsync(cancellationToken);
        return job is null ? null : (await ReadAsync(context, [job], cancellationToken))[jobId];
    }

    /// <summary>The ledgers of several jobs.</summary>
    public static async Task<IReadOnlyDictionary<Guid, JobLedger>> ReadAsync(
        EngineDbContext context, IReadOnlyCollection<LedgerSubject> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(j => j.JobId).ToList();
        var states = await context.JobRows
            .Where(r => ids.Contains(r.JobId))
            .GroupBy(r => new { r.JobId, r.State })
            .Select(g => new StateCount(g.Key.JobId, g.Key.State, g.Count(), g.Sum(r => (long)r.StoredImages)))
            .ToListAsync(cancellationToken);
        var parts = await context.JobParts
            .Where(p => ids.Contains(p.JobId) && p.BatchId != null && p.State != PartState.Closed)
            .Select(p => new SentPart(
                p.JobId,
                p.RequestCount,
                p.ProviderTotal,
                p.ProviderCompleted + p.ProviderFailed,
                context.JobRows.Count(r => r.PartId == p.Id && r.State == RowState.Waiting)))
            .ToListAsync(cancellationToken);

        var statesByJob = states.ToLookup(s => s.JobId);
        var partsByJob = parts.ToLookup(p => p.JobId);
        return jobs.ToDictionary(j => j.JobId, j => Sum(j, statesByJob[j.JobId], partsByJob[j.JobId]));
    }

    private static JobLedger Sum(LedgerSubject job, IEnumerable<StateCount> states, IEnumerable<SentPart> parts)
    {
        var rows = states.ToDictionary(s => s.State);
        var sent = parts.ToList();
        return new JobLedger
        {
            Requested = job.RequestedRows,
            RequestedImages = job.RequestedImages,
            StoredImages = rows.Values.Sum(s => s.StoredImages),
            Waiting = Of(RowState.Waiting),
            Sent = sent.Sum(p => p.Waiting),
            DoneAtProvider = sent.Sum(p => p.DoneAndWaiting),
            Stored = Of(RowState.Stored),
            Partial = Of(RowState.Partial),
            Refused = Of(RowState.Refused),
            Failed = Of(RowState.Failed),
            Expired = Of(RowState.Expired),
            Cancelled = Of(RowState.Cancelled),
            Missing = Of(RowState.Missing),
            Skipped = Of(RowState.Skipped),
        };

        int Of(RowState state) => rows.TryGetValue(state, out var count) ? count.Rows : 0;
    }

    private sealed record StateCount(Guid JobId, RowState State, int Rows, long StoredImages);

    private sealed record SentPart(Guid JobId, int RequestCount, int ProviderTotal, int ProviderDone, int Waiting)
    {
        /// <summary>
        /// Rows the provider is done with, less those that are answered here already. Where one row is several requests (Gemini makes one
        /// request of each picture) the provider's total is larger than ours, so its counter is brought to our scale. Counters are hints:
        /// whatever they say, the result stays between none and all of the waiting rows.
        /// </summary>
        public int DoneAndWaiting => ProviderTotal <= 0
            ? 0
            : (int)Math.Clamp(((long)ProviderDone * RequestCount / ProviderTotal) - (RequestCount - Waiting), 0, Waiting);
    }
}
