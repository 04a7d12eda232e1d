namespace Batchwork.Engine.Images;

/// <summary>What is needed to hand out a stored picture.</summary>
public sealed record ImageFile
{
    public required Guid Id { get; init; }

    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public required long Bytes { get; init; }

    public required ThumbnailState Thumbnail { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Its name as a download, the same as in the job's archive.</summary>
    public required string FileName { get; init; }
}
