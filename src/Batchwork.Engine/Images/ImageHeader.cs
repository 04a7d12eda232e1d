using System.Buffers.Binary;

namespace Batchwork.Engine.Images;

/// <summary>What a picture's header says, read without decoding anything: pixel counts are judged before a decoder sees the file.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="IsProgressive">Interlaced PNG or progressive JPEG: a decoder must hold the whole picture in memory.</param>
public readonly record struct ImageHeader(int Width, int Height, bool IsProgressive)
{
    /// <summary>Bytes from the start in which PNG and WebP headers lie.</summary>
    private const int FixedHeaderLength = 32;

    /// <summary>Reads a header.</summary>
    /// <param name="stream">The picture, at its start; must be able to seek.</param>
    /// <param name="mediaType">Its type, see <see cref="MediaTypes.Sniff"/>.</param>
    /// <returns>The header, or <see langword="null"/> when it makes no sense.</returns>
    public static ImageHeader? Read(Stream stream, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[FixedHeaderLength];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        head = head[..length];
        return mediaType switch
        {
            MediaTypes.Png => Png(head),
            MediaTypes.WebP => WebP(head),
            MediaTypes.Jpeg => Jpeg(stream),
            _ => null,
        };
    }

    private static ImageHeader? Png(ReadOnlySpan<byte> head) =>
        head.Length >= 29 && head[12..].StartsWith("IHDR"u8)
            ? Valid(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]), head[28] != 0)
            : null;

    private static ImageHeader? WebP(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return null;
        }

        if (head[12..].StartsWith("VP8X"u8))
        {
            return Valid(1 + Little24(head[24..]), 1 + Little24(head[27..]), false);
        }

        if (head[12..].StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return Valid(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF), false);
        }

        return head[12..].StartsWith("VP8 "u8)
            ? Valid(BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF, false)
            : null;
    }

    /// <summary>Walks the segments to the frame header: metadata of any length may stand before it.</summary>
    private static ImageHeader? Jpeg(Stream stream)
    {
        stream.Position = 2;
        Span<byte> segment = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        while (stream.ReadAtLeast(segment, 4, throwOnEndOfStream: false) == 4 && segment[0] == 0xFF)
        {
            var marker = segment[1];
            if (marker == 0xFF)
            {
                stream.Position -= 3;
                continue;
            }

            // C0–CF are frame headers, except the tables C4, C8 and CC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return stream.ReadAtLeast(frame, 5, throwOnEndOfStream: false) == 5
                    ? Valid(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), marker is 0xC2 or 0xC6 or 0xCA or 0xCE)
                    : null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
            if (length < 2)
            {
                return null;
            }

            stream.Position += length - 2;
        }

        return null;
    }

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ImageHeader? Valid(int width, int height, bool isProgressive) =>
        width > 0 && height > 0 ? new ImageHeader(width, height, isProgressive) : null;
}
