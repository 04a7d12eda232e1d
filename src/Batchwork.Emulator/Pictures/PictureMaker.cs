using System.Buffers;
using Batchwork.Emulator.Pictures.Compositions;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures;

/// <summary>
/// Makes the picture of a prompt: always the same for one seed, prompt and index, another for each other. The prompt decides palette and
/// motif, the index how they are laid out, so the pictures of one prompt are as alike as the variations of a real model.
/// </summary>
internal static class PictureMaker
{
    public static byte[] Make(PictureRequest request, long seed)
    {
        var random = SeededRandom.From(seed, request.Prompt);
        var (motif, mood) = Inspiration.Read(request.Prompt, random.Fork(1));
        return Make(request, motif, mood, random);
    }

    public static byte[] Make(PictureRequest request, Motif motif, Mood mood, SeededRandom random)
    {
        var layout = random.Fork(100 + request.Index);
        var palette = Palettes.Pick(mood, random.Fork(2)).Turn(request.Index == 0 ? 0 : layout.Between(-0.12f, 0.12f));
        var scene = new Scene(request.Width, request.Height, palette, layout);
        var cutout = request.Transparent && request.Format != PictureFormat.Jpeg ? new Cutout(request.Width, request.Height) : null;
        var bands = cutout is null ? 3 : 4;
        var length = request.Width * request.Height * bands;
        var pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            new Painter(request.Width, request.Height).Paint(Composer.Compose(motif, scene), pixels.AsSpan(0, length), cutout);
            return PictureEncoder.Encode(pixels.AsMemory(0, length), request, bands);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }
}
