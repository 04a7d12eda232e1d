using Batchwork.Engine.Archives;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Images;

/// <summary>Pictures as pages and downloads need them. One of another workspace, and one of a deleted job, is answered like one that does not exist.</summary>
public sealed class ImageQueries(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>Finds a picture's file.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="imageId">The picture.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The file, or <see langword="null"/> when there is none.</returns>
    public Task<ImageFile?> FindAsync(Actor actor, Guid imageId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => await FindAsync(context, actor, imageId, cancellationToken) is { } found
            ? FileOf(found, await LastNumberAsync(context, found.Job.Id, cancellationToken))
            : null,
        cancellationToken);

    /// <summary>Reads all there is to know about a picture, and which pictures stand beside it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="imageId">The picture.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The picture, or <see langword="null"/> when there is none.</returns>
    public Task<ImageDetail?> GetAsync(Actor actor, Guid imageId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => await FindAsync(context, actor, imageId, cancellationToken) is { } found
            ? await DetailAsync(context, found, cancellationToken)
            : null,
        cancellationToken);

    private static Task<FoundImage?> FindAsync(EngineDbContext context, Actor actor, Guid imageId, CancellationToken cancellationToken) =>
        context.StoredImages
            .Where(i => i.Id == imageId && i.WorkspaceId == actor.WorkspaceId)
            .Join(context.Jobs.Where(j => j.DeletedAt == null), i => i.JobId, j => j.Id, (i, j) => new { Image = i, Job = j })
            .Join(context.JobRows, x => x.Image.RowId, r => r.Id, (x, r) => new FoundImage(x.Image, x.Job, r))
            .SingleOrDefaultAsync(cancellationToken);

    private static Task<int> LastNumberAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken) =>
        context.JobRows.Where(r => r.JobId == jobId).OrderByDescending(r => r.Index).Select(r => r.Number).FirstOrDefaultAsync(cancellationToken);

    private static async Task<ImageDetail> DetailAsync(EngineDbContext context, FoundImage found, CancellationToken cancellationToken)
    {
        var (image, job, row) = found;
        var all = context.StoredImages.Where(i => i.JobId == image.JobId);
        var before = all.Where(i => i.RowIndex < image.RowIndex
            || (i.RowIndex == image.RowIndex && (i.TryNumber < image.TryNumber || (i.TryNumber == image.TryNumber && i.Index < image.Index))));
        var after = all.Where(i => i.RowIndex > image.RowIndex
            || (i.RowIndex == image.RowIndex && (i.TryNumber > image.TryNumber || (i.TryNumber == image.TryNumber && i.Index > image.Index))));
        return new ImageDetail
        {
            File = FileOf(found, await LastNumberAsync(context, job.Id, cancellationToken)),
            AnnouncedMediaType = image.AnnouncedMediaType,
            Width = image.Width,
            Height = image.Height,
            RowIndex = image.RowIndex,
            Number = row.Number,
            State = row.State,
            Index = image.Index,
            RequestedImages = row.RequestedImages,
            Request = RowRequest.Of(row, job.Defaults, job.Provider),
            RevisedPrompt = row.RevisedPrompt,
            Usage = row.Usage,
            Ordinal = 1 + await before.CountAsync(cancellationToken),
            Total = await all.CountAsync(cancellationToken),
            Previous = await before
                .OrderByDescending(i => i.RowIndex).ThenByDescending(i => i.TryNumber).ThenByDescending(i => i.Index)
                .Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellationToken),
            Next = await after
                .OrderBy(i => i.RowIndex).ThenBy(i => i.TryNumber).ThenBy(i => i.Index)
                .Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellationToken),
        };
    }

    private static ImageFile FileOf(FoundImage found, int lastNumber)
    {
        var (image, job, row) = found;
        var name = ArchiveJob.Of(job, 0, lastNumber, NamePattern.Default).NameOf(new ArchiveImage
        {
            RowIndex = image.RowIndex,
            Number = row.Number,
            CustomId = row.CustomId,
            Prompt = "",
            Index = image.Index,
            Sha256 = image.Sha256,
            MediaType = image.MediaType,
            Bytes = image.Bytes,
            Crc32 = image.Crc32,
            Width = image.Width,
            Height = image.Height,
            StoredAt = image.StoredAt,
        });
        return new ImageFile
        {
            Id = image.Id,
            Sha256 = image.Sha256,
            MediaType = image.MediaType,
            Bytes = image.Bytes,
            Thumbnail = image.Thumbnail,
            StoredAt = image.StoredAt,
            FileName = name,
        };
    }

    private sealed record FoundImage(StoredImage Image, Job Job, JobRow Row);
}
