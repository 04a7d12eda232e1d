namespace Batchwork;

/// <summary>Batch price of one picture.</summary>
/// <param name="Size">The size or resolution it is for; <see langword="null"/> for any.</param>
/// <param name="Quality">The quality it is for; <see langword="null"/> for any.</param>
/// <param name="MicroUsd">The price in millionths of a US dollar.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="AsOf">When that was read.</param>
public sealed record ImagePrice(string? Size, string? Quality, long MicroUsd, string Source, DateOnly AsOf);
