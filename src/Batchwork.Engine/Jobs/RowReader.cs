using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Reads windows of a job's rows.</summary>
internal static class RowReader
{
    private const int LargestWindow = 200;

    /// <summary>Prompts may be 32,000 characters long; a table cell shows two lines.</summary>
    private const int ShownPrompt = 300;

    private const int ShownMessage = 500;

    public static async Task<Window<RowItem>> ReadAsync(EngineDbContext context, Guid jobId, RowFilter filter, CancellationToken cancellationToken)
    {
        var rows = context.JobRows.Where(r => r.JobId == jobId);
        if (filter.State is { } state)
        {
            rows = rows.Where(r => r.State == state);
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search);
            rows = rows.Where(r =>
                EF.Functions.Like(r.CustomId, pattern, LikePattern.Escape) || EF.Functions.Like(r.Prompt, pattern, LikePattern.Escape));
        }

        var total = await rows.CountAsync(cancellationToken);
        var offset = Math.Max(filter.Offset, 0);
        var items = await rows
            .OrderBy(r => r.Index)
            .Skip(offset)
            .Take(Math.Clamp(filter.Count, 0, LargestWindow))
            .Select(r => new RowItem
            {
                Id = r.Id,
                Index = r.Index,
                Number = r.Number,
                CustomId = r.CustomId,
                Prompt = r.Prompt.Substring(0, ShownPrompt),
                State = r.State,
                IsSent = context.JobParts.Any(p => p.Id == r.PartId && p.BatchId != null),
                StoredImages = r.StoredImages,
                RequestedImages = r.RequestedImages,
                TryNumber = r.TryNumber,
                Outcome = r.Outcome,
                ErrorCode = r.ErrorCode,
                ErrorMessage = r.ErrorMessage == null ? null : r.ErrorMessage.Substring(0, ShownMessage),
            })
            .ToListAsync(cancellationToken);
        return new Window<RowItem>(items, offset, total);
    }
}
