namespace Batchwork.Engine.Archives;

/// <summary>What stands in an entry's headers.</summary>
internal readonly record struct ZipEntry(byte[] Name, long Length, uint Crc32, DateTimeOffset Modified, long Offset);
