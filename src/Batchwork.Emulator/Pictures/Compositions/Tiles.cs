using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>A wall of tiles: quarter circles, leaves, arches and dots, in the manner of the middle of the last century.</summary>
internal static class Tiles
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var across = 3 + random.Below(3);
        var size = scene.Unit / across;
        var (columns, rows) = ((int)MathF.Round(scene.Width / size), (int)MathF.Round(scene.Height / size));
        var (width, height) = (scene.Width / columns, scene.Height / rows);
        yield return scene.Ground(palette.Paper, palette.Paper);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var frame = new Frame(column * width, row * height, (column + 1) * width, (row + 1) * height);
                foreach (var layer in Tile(scene, frame))
                {
                    yield return layer;
                }
            }
        }
    }

    private static IEnumerable<ILayer> Tile(Scene scene, Frame frame)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        Rgb[] colours = [palette.Paper, palette.A, palette.B, palette.C, palette.D, palette.Deep];
        var ground = random.Below(6);
        var shape = (ground + 1 + random.Below(5)) % 6;
        var accent = Enumerable.Range(0, 6).Where(i => i != ground && i != shape).ElementAt(random.Below(4));
        var fill = Shade(colours[shape], frame);
        var side = MathF.Min(frame.Right - frame.Left, frame.Bottom - frame.Top);
        var (left, right) = random.Chance(0.5f) ? (frame.Left, frame.Right) : (frame.Right, frame.Left);
        var (top, bottom) = random.Chance(0.5f) ? (frame.Top, frame.Bottom) : (frame.Bottom, frame.Top);
        var (middleX, middleY) = ((left + right) / 2, (top + bottom) / 2);
        yield return new FrameLayer(frame, Shade(colours[ground], frame));
        switch (random.Below(7))
        {
            case 0:
                yield return new DiscLayer(left, top, side, fill) { Frame = frame };
                yield return new DiscLayer(left, top, side * 0.55f, Shade(colours[accent], frame)) { Frame = frame };
                break;
            case 1:
                yield return new DiscLayer(middleX, middleY, side * 0.38f, fill);
                yield return new DiscLayer(middleX, middleY, side * 0.17f, Shade(colours[accent], frame));
                break;
            case 2:
                yield return new DiscLayer(left, middleY, side / 2, fill) { Frame = frame };
                yield return new DiscLayer(right, middleY, side / 2, Shade(colours[accent], frame)) { Frame = frame };
                break;
            case 3:
                foreach (var ring in (float[])[1f, 0.72f, 0.44f])
                {
                    var stripe = ring is 0.72f ? Shade(colours[accent], frame) : fill;
                    yield return new DiscLayer(left, bottom, side * ring, stripe) { Frame = frame, Hole = side * (ring - 0.15f) };
                }

                break;
            case 4:
                yield return new DiscLayer(middleX, bottom, side / 2, fill) { Frame = frame };
                yield return new DiscLayer(middleX, top, side / 2, fill) { Frame = frame };
                break;
            case 5:
                yield return new PetalLayer(
                    middleX, middleY, side * 0.6f, side * 0.26f, left < right == top < bottom ? MathF.PI / 4 : -MathF.PI / 4, fill);
                yield return new DiscLayer(middleX, middleY, side * 0.09f, Shade(colours[accent], frame));
                break;
            default:
                yield return new FrameLayer(frame with { Bottom = (frame.Top + frame.Bottom) / 2 }, fill);
                yield return new DiscLayer(middleX, middleY, side * 0.3f, Shade(colours[accent], frame)) { Frame = frame };
                break;
        }
    }

    private static Fill Shade(Rgb colour, Frame frame) =>
        Fill.Along(colour.Lighter(0.1f), colour.Darker(0.05f), frame.Left, frame.Top, frame.Right, frame.Bottom);
}
