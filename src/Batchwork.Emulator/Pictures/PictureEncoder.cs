using NetVips;

namespace Batchwork.Emulator.Pictures;

/// <summary>Turns pixels into a file: JPEG and WebP with libvips, PNG with <see cref="PngWriter"/>.</summary>
internal static class PictureEncoder
{
    // One picture on one thread: pictures are made side by side, and a server must not keep the pixels of past ones.
    static PictureEncoder()
    {
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    public static byte[] Encode(ReadOnlyMemory<byte> pixels, PictureRequest request, int bands)
    {
        if (request.Format == PictureFormat.Png)
        {
            return PngWriter.Write(pixels.Span, request.Width, request.Height, bands);
        }

        using var image = Image.NewFromMemory(pixels, request.Width, request.Height, bands, Enums.BandFormat.Uchar);
        using var tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return request.Format == PictureFormat.Jpeg
            ? tagged.JpegsaveBuffer(q: Math.Clamp(request.Compression, 1, 100), keep: Enums.ForeignKeep.None)
            : tagged.WebpsaveBuffer(q: Math.Clamp(request.Compression, 0, 100), effort: 0, keep: Enums.ForeignKeep.None);
    }
}
