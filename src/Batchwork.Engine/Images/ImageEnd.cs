using System.Buffers.Binary;

namespace Batchwork.Engine.Images;

/// <summary>Tells whether a picture's bytes reach its end. Bytes behind the end are allowed: some programs append notes.</summary>
internal static class ImageEnd
{
    /// <summary>Bytes from the end in which the end mark is looked for.</summary>
    public const int TailLength = 1024;

    public static bool IsReached(string mediaType, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long length) => mediaType switch
    {
        MediaTypes.Png => tail.IndexOf("IEND"u8) >= 0,
        MediaTypes.Jpeg => tail.LastIndexOf([(byte)0xFF, (byte)0xD9]) >= 0,
        MediaTypes.WebP => head.Length >= 8 && length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(head[4..]),
        _ => true,
    };
}
