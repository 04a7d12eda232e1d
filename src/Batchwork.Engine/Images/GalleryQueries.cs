using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Images;

/// <summary>Windows of a job's gallery, in the order of the sheet.</summary>
public sealed class GalleryQueries(IDbContextFactory<EngineDbContext> contexts)
{
    private const int LargestWindow = 400;

    /// <summary>A description for people who do not see the picture; nobody listens to more.</summary>
    private const int ShownPrompt = 300;

    /// <summary>Reads where the pictures of a job belong. This never changes, so it is read once for an open gallery.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The places; none when there is no such job.</returns>
    public Task<GalleryPlaces> PlacesAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => new GalleryPlaces(await RowsOf(context, actor, jobId)
            .OrderBy(r => r.Index)
            .Select(r => r.State == RowState.Skipped ? 0 : r.RequestedImages)
            .ToListAsync(cancellationToken)),
        cancellationToken);

    /// <summary>Reads places, filled or not.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="places">The job's places.</param>
    /// <param name="offset">Places to leave out before the first.</param>
    /// <param name="count">Places to read, at most 400.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The places from <paramref name="offset"/> on.</returns>
    public Task<Window<GalleryItem>> ReadPlacesAsync(
        Actor actor, Guid jobId, GalleryPlaces places, int offset, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(places);
        actor.Require(Role.Viewer);
        offset = Math.Clamp(offset, 0, places.Total);
        count = Math.Clamp(count, 0, Math.Min(LargestWindow, places.Total - offset));
        return count == 0
            ? Task.FromResult(new Window<GalleryItem>([], offset, places.Total))
            : contexts.ReadAsync(actor, context => ReadPlacesAsync(context, actor, jobId, places, offset, count, cancellationToken), cancellationToken);
    }

    /// <summary>Reads pictures only.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="storedUntil">Leaves out what was stored later, so that nothing moves while a person looks; <see langword="null"/> for all.</param>
    /// <param name="offset">Pictures to leave out before the first.</param>
    /// <param name="count">Pictures to read, at most 400.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The pictures.</returns>
    public Task<Window<GalleryItem>> ReadPicturesAsync(
        Actor actor, Guid jobId, DateTimeOffset? storedUntil, int offset, int count, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
        {
            offset = Math.Max(offset, 0);

            // The workspace is asked of the job, once: asked of each picture, every one left out before the window would have to be read.
            var pictures = context.StoredImages.Where(i => i.JobId == jobId
                && context.Jobs.Any(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null));
            if (storedUntil is { } until)
            {
                pictures = pictures.Where(i => i.StoredAt <= until);
            }

            // The window first, then its rows: else every picture left out before it would look up its row as well.
            var items = await pictures
                .OrderBy(i => i.RowIndex).ThenBy(i => i.TryNumber).ThenBy(i => i.Index)
                .Skip(offset)
                .Take(Math.Clamp(count, 0, LargestWindow))
                .Join(context.JobRows, i => i.RowId, r => r.Id, (i, r) => new { Image = i, Row = r })
                .OrderBy(x => x.Image.RowIndex).ThenBy(x => x.Image.TryNumber).ThenBy(x => x.Image.Index)
                .Select(x => new GalleryItem
                {
                    RowIndex = x.Image.RowIndex,
                    Number = x.Row.Number,
                    CustomId = x.Row.CustomId,
                    Prompt = x.Row.Prompt.Substring(0, ShownPrompt),
                    State = x.Row.State,
                    Index = x.Image.Index,
                    ImageId = x.Image.Id,
                    Thumbnail = x.Image.Thumbnail,
                })
                .ToListAsync(cancellationToken);
            return new Window<GalleryItem>(items, offset, await pictures.CountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>Finds the picture that was stored last.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its row and position, and when it was stored; <see langword="null"/> when there is no picture.</returns>
    public Task<LatestPicture?> FindLatestAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        context => context.StoredImages
            .Where(i => i.JobId == jobId && context.Jobs.Any(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId))
            .OrderByDescending(i => i.StoredAt).ThenBy(i => i.RowIndex)
            .Select(i => new LatestPicture(i.RowIndex, i.Index, i.StoredAt))
            .FirstOrDefaultAsync(cancellationToken),
        cancellationToken);

    private static IQueryable<JobRow> RowsOf(EngineDbContext context, Actor actor, Guid jobId) => context.JobRows
        .Where(r => r.JobId == jobId && context.Jobs.Any(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null));

    private static async Task<Window<GalleryItem>> ReadPlacesAsync(
        EngineDbContext context, Actor actor, Guid jobId, GalleryPlaces places, int offset, int count, CancellationToken cancellationToken)
    {
        var first = places.At(offset).RowIndex;
        var last = places.At(offset + count - 1).RowIndex;
        var rows = await RowsOf(context, actor, jobId)
            .Where(r => r.Index >= first && r.Index <= last)
            .Select(r => new { r.Index, r.Number, r.CustomId, Prompt = r.Prompt.Substring(0, ShownPrompt), r.State, r.TryNumber })
            .ToDictionaryAsync(r => r.Index, cancellationToken);
        var images = (await context.StoredImages
                .Where(i => i.JobId == jobId && i.WorkspaceId == actor.WorkspaceId && i.RowIndex >= first && i.RowIndex <= last)
                .OrderBy(i => i.TryNumber)
                .Select(i => new { i.RowIndex, i.Index, i.Id, i.Thumbnail })
                .ToListAsync(cancellationToken))
            .GroupBy(i => (i.RowIndex, i.Index))
            .ToDictionary(g => g.Key, g => g.Last());

        var items = new List<GalleryItem>(count);
        for (var place = offset; place < offset + count; place++)
        {
            var at = places.At(place);
            if (rows.TryGetValue(at.RowIndex, out var row))
            {
                var image = images.GetValueOrDefault(at);
                items.Add(new GalleryItem
                {
                    RowIndex = row.Index,
                    Number = row.Number,
                    CustomId = row.CustomId,
                    Prompt = row.Prompt,
                    State = row.State,
                    Index = at.Index,
                    ImageId = image?.Id,
                    Thumbnail = image?.Thumbnail ?? ThumbnailState.Pending,
                });
            }
        }

        return new Window<GalleryItem>(items, offset, places.Total);
    }
}
