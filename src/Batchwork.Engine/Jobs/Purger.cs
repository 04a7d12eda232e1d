using Batchwork.Engine.Costs;
using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>
/// Removes what people deleted a day ago: rows first, then pictures that nothing names any more. A crash in between leaves files without rows,
/// never rows without files.
/// </summary>
internal sealed class Purger(IDbContextFactory<EngineDbContext> contexts, IImageStore store, ThumbnailFolder thumbnails, TimeProvider time)
{
    /// <summary>Between deleting and removing: long enough for an undo and for whoever is reading a picture right now.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(24);

    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - s_grace;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var jobId in await context.Jobs.Where(j => j.DeletedAt < before).Select(j => j.Id).ToListAsync(cancellationToken))
        {
            await PurgeJobAsync(jobId, cancellationToken);
        }

        var forgotten = time.GetUtcNow() - BatchCensus.Memory;
        await context.UsedTags.Where(t => t.At < forgotten).ExecuteDeleteAsync(cancellationToken);
        await context.Drafts.Where(d => d.DeletedAt < before).ExecuteDeleteAsync(cancellationToken);
        var unused = context.Sheets.Where(s => s.CreatedAt < before && !context.Drafts.Any(d => d.SheetId == s.Id)).Select(s => s.Id);
        await context.SheetRows.Where(r => unused.Contains(r.SheetId)).ExecuteDeleteAsync(cancellationToken);
        await context.Sheets.Where(s => unused.Contains(s.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task PurgeJobAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pictures = await context.StoredImages.Where(i => i.JobId == jobId).Select(i => new { i.Sha256, i.MediaType }).Distinct().ToListAsync(cancellationToken);
        await RememberAsync(context, jobId, cancellationToken);
        await context.Jobs.Where(j => j.Id == jobId).ExecuteDeleteAsync(cancellationToken);
        foreach (var picture in pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await context.StoredImages.AnyAsync(i => i.Sha256 == picture.Sha256, cancellationToken))
            {
                thumbnails.Delete(picture.Sha256);
                store.Delete(picture.Sha256, picture.MediaType);
            }
        }
    }

    /// <summary>What it cost stays in the books; so do its name and who started it. The demo's costs nothing.</summary>
    private static async Task RememberAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken)
    {
        var job = await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
        if (job.IsDemo || await context.PurgedJobs.AnyAsync(p => p.Id == jobId, cancellationToken))
        {
            return;
        }

        context.PurgedJobs.Add(new PurgedJob
        {
            Id = job.Id,
            WorkspaceId = job.WorkspaceId,
            Name = job.Name,
            CreatedBy = job.CreatedBy,
            CreatedByName = job.CreatedByName,
            CreatedAt = job.CreatedAt,
        });
        await context.SaveChangesAsync(cancellationToken);
    }
}
