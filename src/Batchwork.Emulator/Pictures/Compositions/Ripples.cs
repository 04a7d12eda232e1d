using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Circles spreading from a few places, as when rain begins on a pond.</summary>
internal static class Ripples
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var dark = random.Chance(0.5f);
        yield return dark
            ? new WashLayer(new Ramp(palette.Deep, palette.D), new Ramp(palette.D.Mix(palette.Deep, 0.3f), palette.C), scene.Height)
            : new WashLayer(
                new Ramp(palette.Paper, palette.A.Lighter(0.3f)),
                new Ramp(palette.A.Lighter(0.5f), palette.B.Lighter(0.25f)),
                scene.Height);

        var places = 3 + random.Below(2);
        var turn = random.Between(0, MathF.Tau);
        for (var place = 0; place < places; place++)
        {
            var (sin, cos) = MathF.SinCos(turn + (place * MathF.Tau / places) + random.Between(-0.3f, 0.3f));
            var x = scene.Width * (0.5f + (0.33f * cos));
            var y = scene.Height * (0.5f + (0.33f * sin));
            foreach (var ring in Rings(scene, x, y, place, dark))
            {
                yield return ring;
            }
        }
    }

    private static IEnumerable<ILayer> Rings(Scene scene, float x, float y, int place, bool dark)
    {
        var random = scene.Random.Fork(place + 1);
        var colour = scene.Palette.Middle[place % 4];
        var far = scene.Unit * random.Between(0.34f, 0.52f);
        var count = 7 + random.Below(4);
        yield return new GlowLayer(x, y, far * 1.1f, far * 1.1f, dark ? colour : colour.Lighter(0.2f)) { Strength = 0.55f };
        for (var i = 0; i < count; i++)
        {
            var share = (i + 0.6f) / count;
            var radius = far * share;
            var breadth = scene.Unit * 0.021f * (1.25f - share) * random.Between(0.6f, 1.2f);
            yield return new DiscLayer(
                x, y, radius, Fill.Along(dark ? scene.Palette.Paper : colour, colour, x - radius, y - radius, x + radius, y + radius))
            {
                Hole = radius - breadth,
                Strength = 0.95f - (0.75f * share),
                Blend = dark ? Blend.Light : Blend.Stain,
            };
        }

        yield return new DiscLayer(x, y, scene.Unit * 0.02f, Fill.Flat(dark ? scene.Palette.Paper : scene.Palette.Deep));
    }
}
