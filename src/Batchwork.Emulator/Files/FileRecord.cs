namespace Batchwork.Emulator.Files;

/// <summary>A file as it is kept on disk.</summary>
internal sealed record FileRecord
{
    public required string Id { get; init; }

    public required long Sequence { get; init; }

    public required string Provider { get; init; }

    public required FilePart Part { get; init; }

    /// <summary>What the API calls it, where callers may choose that; a later file may have it again.</summary>
    public string? Name { get; init; }

    public string? MediaType { get; init; }

    /// <summary>The SHA-256 of the content, in hex, where the API tells it.</summary>
    public string? Sha256 { get; init; }

    public required string Purpose { get; init; }

    public required string Filename { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>From when on lists show it.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The key it was uploaded with, as in the ledger.</summary>
    public string? Key { get; init; }

    /// <summary>What an upload holds.</summary>
    public InputSummary? Input { get; init; }

    /// <summary>The batch a result file belongs to.</summary>
    public string? BatchId { get; init; }

    /// <summary>Result files are made before their batch says it is done; until then they are not there.</summary>
    public bool IsThere(DateTimeOffset now) => DeletedAt is null && CreatedAt <= now && !(ExpiresAt <= now);
}
