namespace Batchwork.Engine.Collection;

/// <summary>A result that belongs to no row, or a second one for a row: kept and shown, never thrown away.</summary>
public sealed class UnmatchedResult
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    public required Guid PartId { get; init; }

    public required UnmatchedKind Kind { get; init; }

    /// <summary>The id it came with; may be empty.</summary>
    public required string CustomId { get; init; }

    /// <summary>Source and line, for example <c>output:812</c>; unique in its part, so that reading twice keeps one.</summary>
    public required string Place { get; init; }

    /// <summary>What it says, without image data, at most 64 KiB.</summary>
    public string? Raw { get; init; }

    /// <summary>Hashes of the pictures it brought; they are in the image store.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    public required DateTimeOffset At { get; init; }
}
