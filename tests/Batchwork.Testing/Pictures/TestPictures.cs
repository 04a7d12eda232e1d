using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using NetVips;

namespace Batchwork.Testing.Pictures;

/// <summary>Pictures for tests: real ones, and some that nobody should decode.</summary>
public static class TestPictures
{
    /// <summary>A PNG; another seed, other pixels.</summary>
    public static byte[] Png(int width = 64, int height = 64, int seed = 0, bool interlaced = false)
    {
        using var image = Pixels(width, height, seed);
        return image.PngsaveBuffer(interlace: interlaced, compression: 1);
    }

    public static byte[] Jpeg(int width = 64, int height = 64, int seed = 0, bool progressive = false)
    {
        using var image = Pixels(width, height, seed);
        return image.JpegsaveBuffer(interlace: progressive);
    }

    /// <summary>A JPEG that carries a description and a place in its EXIF data and is to be turned by a quarter.</summary>
    public static byte[] JpegWithExif(int width, int height)
    {
        using var image = Pixels(width, height, 0);
        using var tagged = image.Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", "SECRET PLACE");
            m.Set(GValue.GIntType, "orientation", 6);
        });
        return tagged.JpegsaveBuffer();
    }

    public static byte[] WebP(int width = 64, int height = 64, int seed = 0)
    {
        using var image = Pixels(width, height, seed);
        return image.WebpsaveBuffer(effort: 0);
    }

    /// <summary>A PNG whose header promises so many pixels; its data is a single line of nothing.</summary>
    public static byte[] PngBomb(int width, int height, bool interlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (8, 2, interlaced ? (byte)1 : (byte)0);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(new byte[1_000]);
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, data.ToArray());
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static Image Pixels(int width, int height, int seed)
    {
        using var x = Image.Xyz(width, height);
        using var bands = (x[0] * (1 + (seed % 7))).Bandjoin(x[1] * (1 + (seed % 5)), (x[0] + x[1]) * (1 + (seed % 3)));
        using var moved = bands + (seed * 31 % 251);
        using var wrapped = moved % 256;
        using var bytes = wrapped.Cast(Enums.BandFormat.Uchar);
        return bytes.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
