namespace Batchwork.Engine.Archives;

/// <summary>A picture of an archive.</summary>
internal sealed record ArchiveImage
{
    public required int RowIndex { get; init; }

    public required int Number { get; init; }

    public required string CustomId { get; init; }

    /// <summary>The prompt's beginning if names need it, else empty.</summary>
    public required string Prompt { get; init; }

    /// <summary>Position among the pictures of its row, from 0.</summary>
    public required int Index { get; init; }

    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    public required long Bytes { get; init; }

    public required uint Crc32 { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}
