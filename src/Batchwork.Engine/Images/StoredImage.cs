namespace Batchwork.Engine.Images;

/// <summary>One picture on our disk. Its bytes are addressed by their hash and never altered.</summary>
public sealed class StoredImage
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public required Guid RowId { get; init; }

    /// <summary>The row's place in its job, so that a gallery can be ordered without looking the row up.</summary>
    public required int RowIndex { get; init; }

    public required int TryNumber { get; init; }

    /// <summary>Position among the pictures of its row, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The type told by the bytes.</summary>
    public required string MediaType { get; init; }

    /// <summary>The type the provider announced, when the bytes tell another one.</summary>
    public string? AnnouncedMediaType { get; init; }

    public required long Bytes { get; init; }

    /// <summary>CRC-32 of the bytes as zip files use it, so that an archive's layout is known before it is sent.</summary>
    public required uint Crc32 { get; init; }

    /// <summary>Pixels, from the header; 0 when the header cannot be read.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>What is to be had as a thumbnail.</summary>
    public ThumbnailState Thumbnail { get; set; }

    public required DateTimeOffset StoredAt { get; init; }
}
