using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Images;

/// <summary>One place of a gallery: a picture, or a row that has none there (yet).</summary>
public sealed record GalleryItem
{
    public required int RowIndex { get; init; }

    /// <summary>The row's number as the person's own program shows it.</summary>
    public required int Number { get; init; }

    public required string CustomId { get; init; }

    /// <summary>The prompt, cut at 300 characters.</summary>
    public required string Prompt { get; init; }

    public required RowState State { get; init; }

    /// <summary>Position among the pictures of the row, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The picture; <see langword="null"/> while the place is empty.</summary>
    public Guid? ImageId { get; init; }

    public ThumbnailState Thumbnail { get; init; }
}
