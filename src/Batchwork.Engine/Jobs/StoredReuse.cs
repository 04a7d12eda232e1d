using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>
/// Pictures that are stored already for the same effective request, used again instead of paid again. Only when a person chose that: the same prompt sent
/// twice is often meant to give two pictures.
/// </summary>
internal static class StoredReuse
{
    private const int PageSize = 200;

    /// <summary>Counts the rows that could be filled.</summary>
    public static Task<int> CountAsync(EngineDbContext context, IQueryable<JobRow> rows, CancellationToken cancellationToken) =>
        rows.CountAsync(r => Stored(context).Any(s => s.WorkspaceId == r.WorkspaceId && s.RequestKey == r.RequestKey && s.Id != r.Id), cancellationToken);

    /// <summary>Says for which of some requests pictures are stored.</summary>
    public static async Task<HashSet<string>> FindAsync(EngineDbContext context, Guid workspaceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        await Stored(context)
            .Where(s => s.WorkspaceId == workspaceId && keys.Contains(s.RequestKey!))
            .Select(s => s.RequestKey!)
            .Distinct()
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);

    /// <summary>Fills rows. Part of the caller's transaction.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="rows">The rows; those for which nothing is stored are left as they are.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>How many were filled.</returns>
    public static async Task<int> FillAsync(EngineDbContext context, IQueryable<JobRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filled = 0;
        var after = -1;
        while (await rows.Where(r => r.Index > after).OrderBy(r => r.Index).Take(PageSize).ToListAsync(cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1].Index;
            foreach (var row in page)
            {
                filled += await FillAsync(context, row, now, cancellationToken) ? 1 : 0;
            }

            await context.SaveChangesAsync(cancellationToken);
            context.ChangeTracker.Entries<StoredImage>().ToList().ForEach(e => e.State = EntityState.Detached);
            context.ChangeTracker.Entries<JobRow>().ToList().ForEach(e => e.State = EntityState.Detached);
        }

        return filled;
    }

    private static async Task<bool> FillAsync(EngineDbContext context, JobRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var source = await Stored(context)
            .AsNoTracking()
            .Where(s => s.WorkspaceId == row.WorkspaceId && s.RequestKey == row.RequestKey && s.Id != row.Id)
            .OrderByDescending(s => s.AnsweredAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (source is null)
        {
            return false;
        }

        var pictures = await context.StoredImages.AsNoTracking().Where(i => i.RowId == source.Id && i.TryNumber == source.TryNumber).ToListAsync(cancellationToken);
        context.StoredImages.AddRange(pictures.Select(picture => Copy(picture, row, now)));
        row.State = RowState.Stored;
        row.StoredImages = pictures.Count;
        row.ReusedFrom = source.Id;
        row.Outcome = ResultOutcome.Succeeded;
        (row.ErrorCode, row.ErrorMessage, row.RevisedPrompt, row.AnsweredAt) = (null, null, source.RevisedPrompt, now);
        return true;
    }

    /// <summary>Rows of deleted jobs are as good as gone: their pictures may be removed at any time.</summary>
    private static IQueryable<JobRow> Stored(EngineDbContext context) =>
        context.JobRows.Where(s => s.State == RowState.Stored && s.RequestKey != null && context.Jobs.Any(j => j.Id == s.JobId && j.DeletedAt == null));

    private static StoredImage Copy(StoredImage picture, JobRow row, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        WorkspaceId = row.WorkspaceId,
        JobId = row.JobId,
        RowId = row.Id,
        RowIndex = row.Index,
        TryNumber = row.TryNumber,
        Index = picture.Index,
        Sha256 = picture.Sha256,
        MediaType = picture.MediaType,
        Bytes = picture.Bytes,
        Crc32 = picture.Crc32,
        Width = picture.Width,
        Height = picture.Height,
        Thumbnail = picture.Thumbnail,
        StoredAt = now,
    };
}
