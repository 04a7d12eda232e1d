using Batchwork.Engine.Images;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Dashboard.Features.Gallery;

/// <summary>
/// Answers with bytes that came from outside. A browser must never take them for anything but the picture they are: the type is the one told by
/// their first bytes, nothing is sniffed, and even if they were opened as a page they could load and do nothing.
/// </summary>
internal static class PictureResults
{
    public static IResult Thumbnail(HttpContext context, Stream thumbnail, ImageFile image)
    {
        Protect(context);
        return TypedResults.Stream(thumbnail, MediaTypes.WebP, fileDownloadName: null, image.StoredAt, TagOf(image, "-512"));
    }

    /// <summary>The picture itself, shown if it is of a type that is, else to be saved.</summary>
    public static IResult Picture(HttpContext context, Stream picture, ImageFile image, bool asDownload)
    {
        Protect(context);
        var isShown = MediaTypes.IsShown(image.MediaType);
        return TypedResults.Stream(
            picture,
            isShown ? image.MediaType : MediaTypes.Unknown,
            asDownload || !isShown ? image.FileName : null,
            image.StoredAt,
            TagOf(image, ""),
            enableRangeProcessing: true);
    }

    private static EntityTagHeaderValue TagOf(ImageFile image, string variant) => new($"\"{image.Sha256}{variant}\"");

    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;

        // An image's bytes never change. Private: a shared cache does not know who may see them.
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
