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
        work.Note(ActivityKind.Problem, string.Create(
            CultureInfo.InvariantCulture,
            $"Part {part.Number} was too large for {provider.DisplayName}, so it was split: its second half is part {second.Number}. Nothing was charged."));
        work.MoveTo(PartState.Ready, "Split in two because it was too large; sending the halves.");
    }
}
