namespace Batchwork.Google;

/// <summary>What a size in pixels means at Google, which takes a shape and a size class instead.</summary>
/// <param name="Ratio">The shape; <see langword="null"/> when no shape that Google offers is near.</param>
/// <param name="Size">The size class; <see langword="null"/> when the model takes none, or none is near.</param>
/// <param name="IsExact">Whether the picture will have just this size.</param>
internal sealed record GooglePixels(string? Ratio, string? Size, bool IsExact);
