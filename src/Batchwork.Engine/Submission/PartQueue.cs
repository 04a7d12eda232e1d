using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>
/// Providers queue only so much for a key and a model (OpenAI: enqueued tokens, https://platform.openai.com/docs/guides/batch#rate-limits) and say how much only by
/// refusing. Once one part is refused, all parts for the same queue wait; each batch that ends lets the next one try, and so does time.
/// </summary>
internal static class PartQueue
{
    /// <summary>When to try without any batch having ended: other programs may use the same key.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    /// <summary>Whether batches of ours fill the queue. If none do, a refusal is about speed, not room.</summary>
    public static Task<bool> IsBusyAsync(PartInWork work, CancellationToken cancellationToken) =>
        OfQueue(work).AnyAsync(p => p.State == PartState.AtProvider && p.Id != work.Part.Id, cancellationToken);

    /// <summary>Lets a part that was refused wait, and those that would be refused next.</summary>
    public static async Task WaitAsync(PartInWork work, string provider, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var reason = $"{provider}'s queue for your key is full. This part waits here and is sent as space frees. Nothing lost, nothing charged.";
        if (!work.Part.WaitsForQueue)
        {
            work.Note(ActivityKind.Problem, reason);
        }

        work.Part.WaitsForQueue = true;
        work.LookAgainIn(retryAfter ?? s_longestWait, reason);
        var until = work.Part.NextCheckAt;
        await OfQueue(work)
            .Where(p => p.State == PartState.Ready && p.Id != work.Part.Id)
            .Where(p => !work.Context.Jobs.Any(j => j.Id == p.JobId && j.CancelRequestedAt != null))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(p => p.WaitsForQueue, true)
                    .SetProperty(p => p.NextCheckAt, until)
                    .SetProperty(p => p.Reason, reason),
                cancellationToken);
    }

    /// <summary>There may be room now: the part that waits longest tries.</summary>
    public static async Task SendNextAsync(PartInWork work, CancellationToken cancellationToken)
    {
        var next = await OfQueue(work)
            .Where(p => p.WaitsForQueue && p.Id != work.Part.Id && (p.State == PartState.Ready || p.State == PartState.Submitting))
            .OrderByDescending(p => p.State)
            .ThenBy(p => p.JobId)
            .ThenBy(p => p.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (next is not null && next.NextCheckAt > work.Now)
        {
            next.NextCheckAt = work.Now;
        }
    }

    private static IQueryable<JobPart> OfQueue(PartInWork work) => work.Context.JobParts.Where(p =>
        p.ConnectionId == work.Part.ConnectionId && work.Context.Jobs.Any(j => j.Id == p.JobId && j.Model == work.Job.Model));
}
