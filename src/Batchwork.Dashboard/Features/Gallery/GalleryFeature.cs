using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Images;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Gallery;

/// <summary>Serves pictures and their thumbnails to members of the workspace.</summary>
internal static class GalleryFeature
{
    private static readonly string[] s_getAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void MapGallery(this IEndpointRouteBuilder endpoints)
    {
        var images = endpoints.MapWorkspaceGroup();
        images.MapMethods("images/{imageId:guid}", s_getAndHead, ShowAsync);
        images.MapMethods("images/{imageId:guid}/file", s_getAndHead, SaveAsync);
        images.MapMethods("images/{imageId:guid}/thumbnail", s_getAndHead, ShowThumbnailAsync);
    }

    private static Task<IResult> ShowAsync(
        Guid imageId, Actor actor, ImageQueries queries, IImageStore store, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(imageId, actor, queries, store, context, asDownload: false, cancellationToken);

    private static async Task<IResult> SaveAsync(
        Guid imageId, Actor actor, ImageQueries queries, IImageStore store, AuditLog log, HttpContext context, CancellationToken cancellationToken)
    {
        actor.Require(Role.Reviewer);
        if (context.Request.IsDownload() && await queries.FindAsync(actor, imageId, cancellationToken) is { } image)
        {
            await log.WriteAsync(actor, AuditActions.OriginalDownloaded, image.FileName, imageId, cancellationToken);
        }

        return await SendAsync(imageId, actor, queries, store, context, asDownload: true, cancellationToken);
    }

    private static async Task<IResult> SendAsync(
        Guid imageId, Actor actor, ImageQueries queries, IImageStore store, HttpContext context, bool asDownload, CancellationToken cancellationToken) =>
        await queries.FindAsync(actor, imageId, cancellationToken) is { } image && store.OpenRead(image.Sha256, image.MediaType) is { } picture
            ? PictureResults.Picture(context, picture, image, asDownload)
            : TypedResults.NotFound();

    private static async Task<IResult> ShowThumbnailAsync(
        Guid imageId, Actor actor, ImageQueries queries, Thumbnails thumbnails, HttpContext context, CancellationToken cancellationToken) =>
        await queries.FindAsync(actor, imageId, cancellationToken) is { Thumbnail: not ThumbnailState.Impossible } image
        && await thumbnails.OpenAsync(image.Sha256, image.MediaType, cancellationToken) is { } thumbnail
            ? PictureResults.Thumbnail(context, thumbnail, image)
            : TypedResults.NotFound();
}
