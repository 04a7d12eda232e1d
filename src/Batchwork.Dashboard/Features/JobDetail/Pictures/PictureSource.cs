using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.JobDetail.Pictures;

/// <summary>
/// Where a gallery gets its pictures from. With <see cref="ShowPlaces"/> every picture that was asked for has its place from the beginning and
/// fills it when it is stored, so nothing ever moves; without it only stored pictures are shown, and those stored after <see cref="Freeze"/> wait
/// until they are asked for.
/// </summary>
public sealed class PictureSource(GalleryQueries queries, Actor actor, Guid jobId, bool showPlaces)
{
    private GalleryPlaces? _places;
    private DateTimeOffset? _storedUntil;

    /// <summary>Whether places without a picture are shown.</summary>
    public bool ShowPlaces { get; private set; } = showPlaces;

    /// <summary>Shows places without a picture, or hides them.</summary>
    /// <param name="show">Whether to show them.</param>
    public void Switch(bool show) => (ShowPlaces, _storedUntil) = (show, null);

    /// <summary>Leaves out what is stored from now on, so that nothing moves while a person looks.</summary>
    /// <param name="now">The time.</param>
    public void Freeze(DateTimeOffset now) => _storedUntil ??= now;

    /// <summary>Shows everything that is stored.</summary>
    public void Thaw() => _storedUntil = null;

    /// <summary>Reads a part of the gallery.</summary>
    /// <param name="offset">Items to leave out before the first.</param>
    /// <param name="count">Items to read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The items.</returns>
    public async Task<Window<GalleryItem>> ReadAsync(int offset, int count, CancellationToken cancellationToken)
    {
        if (!ShowPlaces)
        {
            return await queries.ReadPicturesAsync(actor, jobId, _storedUntil, offset, count, cancellationToken);
        }

        _places ??= await queries.PlacesAsync(actor, jobId, cancellationToken);
        return await queries.ReadPlacesAsync(actor, jobId, _places, offset, count, cancellationToken);
    }

    /// <summary>The place of a picture that was looked at.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>Its position in the gallery.</returns>
    public int PlaceOf(ImageDetail picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return ShowPlaces && _places is { Total: > 0 } places ? places.Of(picture.RowIndex, picture.Index) : picture.Ordinal - 1;
    }

    /// <summary>The place of the picture that was stored last.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its position in the gallery, or <see langword="null"/> when positions are not known.</returns>
    public async Task<int?> FindLatestAsync(CancellationToken cancellationToken) =>
        ShowPlaces && _places is { Total: > 0 } places && await queries.FindLatestAsync(actor, jobId, cancellationToken) is { } latest
            ? places.Of(latest.RowIndex, latest.Index)
            : null;
}
