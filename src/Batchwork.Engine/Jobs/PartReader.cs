using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Reads a job's parts. What the provider answered word for word stays in the table: it can be 64 KiB a part.</summary>
internal static class PartReader
{
    public static async Task<IReadOnlyList<PartSummary>> ReadAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken) =>
        await Summaries(context.JobParts.Where(p => p.JobId == jobId).OrderBy(p => p.Number)).ToListAsync(cancellationToken);

    public static IQueryable<PartSummary> Summaries(IQueryable<JobPart> parts) => parts.Select(p => new PartSummary
    {
        Id = p.Id,
        Number = p.Number,
        TryNumber = p.TryNumber,
        RequestCount = p.RequestCount,
        State = p.State,
        BatchId = p.BatchId,
        RawStatus = p.RawStatus,
        ProviderTotal = p.ProviderTotal,
        ProviderCompleted = p.ProviderCompleted,
        ProviderFailed = p.ProviderFailed,
        SubmittedAt = p.SubmittedAt,
        ProviderExpiresAt = p.ProviderExpiresAt,
        LastPolledAt = p.LastPolledAt,
        Reason = p.Reason,
        NextCheckAt = p.NextCheckAt,
        WaitsForQueue = p.WaitsForQueue,
        CancelRequestedAt = p.CancelRequestedAt,
        ResultsExpireAt = p.ResultsExpireAt,
        ExpiryWarnedAt = p.ExpiryWarnedAt,
        DuplicateBatchIds = p.DuplicateBatchIds,
    });
}
