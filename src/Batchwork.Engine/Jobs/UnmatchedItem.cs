using Batchwork.Engine.Collection;

namespace Batchwork.Engine.Jobs;

/// <summary>A result that belongs to no row, in full.</summary>
/// <param name="Kind">Why it belongs to none.</param>
/// <param name="CustomId">The id it came with; may be empty.</param>
/// <param name="Part">The number of the part it came with.</param>
/// <param name="Place">Where in the results it stands, for example <c>output:812</c>.</param>
/// <param name="Raw">What it says, without image data, at most 64 KiB.</param>
/// <param name="Images">Hashes of the pictures it brought.</param>
public sealed record UnmatchedItem(UnmatchedKind Kind, string CustomId, int Part, string Place, string? Raw, IReadOnlyList<string> Images);
