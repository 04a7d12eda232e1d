using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Images;

namespace Batchwork.Dashboard.Features.JobDetail.Pictures;

/// <summary>One thing to know about a picture.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value.</param>
/// <param name="Note">Where the value comes from, or more about it.</param>
internal sealed record PictureFact(string Name, string Value, string? Note = null)
{
    /// <summary>The values that were sent, each with where it came from.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The facts; values that were left to the provider are not among them.</returns>
    public static IEnumerable<PictureFact> ValuesOf(EffectiveRequest request)
    {
        PictureFact?[] common =
        [
            Of("Images", request.N, n => Figures.Number(n)),
            Of("Size", request.Size, size => size),
            Of("Aspect ratio", request.AspectRatio, ratio => ratio),
            Of("Seed", request.Seed, Figures.Number),
        ];
        var options = request.Options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => Of(o.Key, o.Value, node => node.ToString()));
        return common.Concat(options).OfType<PictureFact>();
    }

    /// <summary>What the file is.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>The facts.</returns>
    public static IEnumerable<PictureFact> FileOf(ImageDetail picture)
    {
        var file = picture.File;
        yield return new PictureFact("Name", file.FileName);
        yield return new PictureFact("Row", Figures.Number(picture.Number), $"picture {Figures.Number(picture.Index + 1)} of {Figures.Number(picture.RequestedImages)}");
        if (picture.Width > 0)
        {
            // Too large to be decoded for a preview; the original can be downloaded all the same.
            var megapixels = (long)picture.Width * picture.Height / 1_000_000;
            yield return new PictureFact(
                "Pixels",
                $"{Figures.Number(picture.Width)} × {Figures.Number(picture.Height)}",
                file.Thumbnail == ThumbnailState.Impossible ? $"no preview: {Figures.Number(megapixels)} megapixels" : null);
        }

        var announced = picture.AnnouncedMediaType is { } other ? $" (announced as {TypeOf(other)})" : "";
        yield return new PictureFact("Type", TypeOf(file.MediaType) + announced, Figures.Bytes(file.Bytes));
        if (picture.Usage?.CostMicroUsd is { } cost)
        {
            yield return new PictureFact("Cost of the row", Figures.Usd(cost), "as the provider says");
        }
        else if (picture.Usage?.TotalTokens is { } tokens)
        {
            yield return new PictureFact("Tokens of the row", Figures.Number(tokens), "as the provider says");
        }
        else
        {
            yield return new PictureFact("Cost of the row", "Price not reported");
        }

        yield return new PictureFact("SHA-256", file.Sha256[..12] + "…");
    }

    /// <summary>A type as people say it: <c>PNG</c>; one that is none of ours as it is written.</summary>
    private static string TypeOf(string mediaType) =>
        mediaType == MediaTypes.Jpeg ? "JPEG" : MediaTypes.IsShown(mediaType) ? MediaTypes.Extension(mediaType)[1..].ToUpperInvariant() : mediaType == MediaTypes.Unknown ? "Unknown" : mediaType;

    private static PictureFact? Of<T>(string name, EffectiveValue<T> value, Func<T, string> text) =>
        value.IsSent ? new PictureFact(name, value.Value is { } known ? text(known) : "null", OriginOf(value.Origin)) : null;

    private static string OriginOf(ValueOrigin origin) => origin switch
    {
        ValueOrigin.Row => "from the row",
        ValueOrigin.Default => "from the job's defaults",
        _ => "always sent",
    };
}
