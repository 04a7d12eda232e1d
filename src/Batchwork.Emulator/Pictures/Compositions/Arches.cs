using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Rainbows of thick arches that stand on soft hills, with a sun above.</summary>
internal static class Arches
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        yield return scene.Ground(palette.Paper.Lighter(0.25f), palette.Paper.Mix(palette.A, 0.35f));
        var ground = scene.Height * random.Between(0.74f, 0.82f);
        var side = random.Chance(0.5f) ? 1 : -1;
        var sun = scene.Unit * random.Between(0.06f, 0.1f);
        yield return new DiscLayer(
            scene.Width * (0.5f - (side * 0.3f)), scene.Height * random.Between(0.16f, 0.24f), sun, Fill.Flat(palette.B));

        foreach (var arch in Arch(scene, scene.Width * (0.5f + (side * 0.1f)), ground, scene.Unit * random.Between(0.4f, 0.46f), 0))
        {
            yield return arch;
        }

        foreach (var arch in Arch(scene, scene.Width * (0.5f - (side * 0.33f)), ground, scene.Unit * random.Between(0.19f, 0.24f), 2))
        {
            yield return arch;
        }

        yield return new RidgeLayer(
            [.. Enumerable.Range(0, 3).Select(i => Hill(scene, ground + (scene.Unit * ((0.09f * i) - 0.015f)), i))]);
    }

    private static IEnumerable<ILayer> Arch(Scene scene, float x, float ground, float radius, int shift)
    {
        var palette = scene.Palette;
        Rgb[] colours = [palette.D, palette.C, palette.A, palette.B, palette.Deep];
        const int Bands = 5;
        var breadth = radius / (Bands + 1.1f);
        var foot = ground + (scene.Unit * 0.12f);
        var shoulder = MathF.Round(ground - (radius * 0.25f));

        // What stands behind must not be seen through the gaps.
        var backing = Fill.Flat(palette.Paper.Lighter(0.1f));
        var above = Frame.Everything with { Bottom = shoulder };
        yield return new DiscLayer(x, shoulder, radius + (breadth * 0.12f), backing) { Frame = above };
        yield return new FrameLayer(new Frame(x - radius - (breadth * 0.12f), shoulder, x + radius + (breadth * 0.12f), foot), backing);
        for (var i = 0; i < Bands; i++)
        {
            var outer = radius - (i * breadth);
            var colour = colours[(i + shift) % Bands];
            var fill = Fill.Along(colour.Lighter(0.12f), colour.Darker(0.05f), x - outer, shoulder - outer, x + outer, foot);
            var gap = breadth * 0.1f;
            yield return new DiscLayer(x, shoulder, outer, fill) { Hole = outer - breadth + gap, Frame = above };
            yield return new FrameLayer(new Frame(x - outer, shoulder, x - outer + breadth - gap, foot), fill);
            yield return new FrameLayer(new Frame(x + outer - breadth + gap, shoulder, x + outer, foot), fill);
        }
    }

    private static Ridge Hill(Scene scene, float middle, int index)
    {
        var random = scene.Random.Fork(index + 5);
        var (pace, start, swing) = (random.Between(2f, 4f), random.Between(0, MathF.Tau), scene.Unit * random.Between(0.02f, 0.045f));
        var colour = scene.Palette.Middle[index + 1];
        return new Ridge(scene.Heights(x => middle + (swing * MathF.Sin((x * pace) + start))))
        {
            Crest = colour.Lighter(0.12f),
            Foot = colour.Darker(0.1f),
            Depth = scene.Unit * 0.2f,
            Shadow = 0.25f,
            ShadowReach = scene.Unit * 0.03f,
        };
    }
}
