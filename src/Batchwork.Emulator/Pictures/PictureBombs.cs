using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NetVips;

namespace Batchwork.Emulator.Pictures;

/// <summary>Small files that become large when they are opened (F35).</summary>
internal static class PictureBombs
{
    private const byte Grey = 0;

    /// <summary>A PNG of 30,000 by 30,000 pixels, one bit each: 900 megapixels in a hundred kilobytes.</summary>
    public static byte[] Wide() => Png(30_000, 30_000, depth: 1, interlaced: false, Rows(30_000, 30_000, 1));

    /// <summary>A PNG of 12,000 by 12,000 pixels whose passes can only be shown once all are there.</summary>
    public static byte[] Interlaced() => Png(12_000, 12_000, depth: 8, interlaced: true, Passes(12_000, 12_000));

    /// <summary>A progressive JPEG of 10,000 by 10,000 pixels: its decoder holds all coefficients.</summary>
    public static byte[] Progressive()
    {
        using var image = Image.Black(10_000, 10_000);
        return image.JpegsaveBuffer(q: 10, interlace: true);
    }

    /// <summary>An animated PNG of 10,000 frames.</summary>
    public static byte[] Frames()
    {
        const int Count = 10_000;
        var pixel = Deflate([0, 0]);
        using var file = Begin(1, 1, depth: 8, interlaced: false);
        PngWriter.WriteChunk(file, "acTL"u8, Numbers(Count, 0));
        PngWriter.WriteChunk(file, "IDAT"u8, pixel);
        for (var frame = 1; frame < Count; frame++)
        {
            PngWriter.WriteChunk(file, "fcTL"u8, [.. Numbers((2 * frame) - 1, 1, 1, 0, 0), 0, 1, 0, 10, 0, 0]);
            PngWriter.WriteChunk(file, "fdAT"u8, [.. Numbers(2 * frame), .. pixel]);
        }

        return End(file);
    }

    /// <summary>A PNG of one pixel with a colour profile that inflates to 256 MiB.</summary>
    public static byte[] Profile()
    {
        using var file = Begin(1, 1, depth: 8, interlaced: false);
        PngWriter.WriteChunk(file, "iCCP"u8, [.. Encoding.ASCII.GetBytes("large\0\0"), .. DeflateZeros(Enumerable.Repeat(1 << 20, 256))]);
        PngWriter.WriteChunk(file, "IDAT"u8, Deflate([0, 0]));
        return End(file);
    }

    private static byte[] Png(int width, int height, byte depth, bool interlaced, IEnumerable<int> rows)
    {
        using var file = Begin(width, height, depth, interlaced);
        PngWriter.WriteChunk(file, "IDAT"u8, DeflateZeros(rows));
        return End(file);
    }

    private static MemoryStream Begin(int width, int height, byte depth, bool interlaced)
    {
        var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        PngWriter.WriteChunk(file, "IHDR"u8, [.. Numbers(width, height), depth, Grey, 0, 0, (byte)(interlaced ? 1 : 0)]);
        return file;
    }

    private static byte[] End(MemoryStream file)
    {
        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static IEnumerable<int> Rows(int width, int height, int bits) => Enumerable.Repeat(1 + (((width * bits) + 7) / 8), height);

    // The seven passes of an interlaced PNG: where each begins and how far its pixels are apart.
    private static IEnumerable<int> Passes(int width, int height)
    {
        (int X, int Y, int StepX, int StepY)[] passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return passes.SelectMany(pass => Rows(
            (width - pass.X + pass.StepX - 1) / pass.StepX, (height - pass.Y + pass.StepY - 1) / pass.StepY, 8));
    }

    private static byte[] Numbers(params ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        }

        return bytes;
    }

    private static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    // Zeros, in pieces of these lengths.
    private static byte[] DeflateZeros(IEnumerable<int> pieces)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = [];
            foreach (var piece in pieces)
            {
                zeros = zeros.Length < piece ? new byte[piece] : zeros;
                zlib.Write(zeros.AsSpan(0, piece));
            }
        }

        return packed.ToArray();
    }
}
