namespace Batchwork.Engine.Archives;

/// <summary>Length and CRC-32 of a manifest, which stand before it in the archive.</summary>
internal readonly record struct ManifestMeasure(long Length, uint Crc32);
