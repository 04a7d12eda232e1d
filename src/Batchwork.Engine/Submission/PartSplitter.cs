using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>Cuts a part in two that the provider found too large (413), although it keeps the limits we know.</summary>
internal static class PartSplitter
{
    public static async Task SplitAsync(PartInWork work, AdapterCapabilities provider, CancellationToken cancellationToken)
    {
        var part = work.Part;
        var rows = work.Context.JobRows.Where(r => r.PartId == part.Id);
        var kept = part.RequestCount / 2;
        var lastKept = await rows.OrderBy(r => r.Index).Skip(kept - 1).Select(r => r.Index).FirstAsync(cancellationToken);
        var second = new JobPart
        {
            Id = Guid.CreateVersion7(work.Now),
            WorkspaceId = part.WorkspaceId,
            JobId = part.JobId,
            ConnectionId = part.ConnectionId,
            Number = 1 + await work.Context.JobParts.Where(p => p.JobId == part.JobId).MaxAsync(p => p.Number, cancellationToken),
            TryNumber = part.TryNumber,
            RequestCount = part.RequestCount - kept,
            State = PartState.Ready,
            NextCheckAt = work.Now,
        };
        work.Context.JobParts.Add(second);
        part.RequestCount = kept;
        await work.Context.SaveChangesAsync(cancellationToken);
        await rows.Where(r => r.Index > lastKept).ExecuteUpdateAsync(set => set.SetProperty(r => r.PartId, second.Id), cancellationToken);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Split into 2 batches, parts {part.Number} and {second.Number}, because {provider.DisplayName}'s limit is {provider.MaxUploadBytes / 1_000_000} MB. Nothing was charged.");
        second.Reason = reason;
        work.Note(ActivityKind.Problem, reason);
        work.MoveTo(PartState.Ready, reason);
    }
}
