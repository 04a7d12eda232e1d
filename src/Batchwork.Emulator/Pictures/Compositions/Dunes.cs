using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Long waves of cut paper, each throwing a soft shadow on the one behind.</summary>
internal static class Dunes
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        yield return scene.Ground(palette.Paper, palette.A.Lighter(0.35f));
        if (random.Chance(0.65f))
        {
            var radius = scene.Unit * random.Between(0.1f, 0.2f);
            var (x, y) = (scene.Width * random.Between(0.25f, 0.75f), scene.Height * random.Between(0.16f, 0.3f));
            yield return new DiscLayer(x, y, radius, Fill.Along(palette.A, palette.B, x, y - radius, x, y + radius));
        }

        var colours = new Ramp(palette.A, palette.B, palette.C, palette.D, palette.Deep);
        var count = 6 + random.Below(3);
        var lean = random.Between(-0.3f, 0.3f);
        yield return new RidgeLayer([.. Enumerable.Range(0, count).Select(i => Dune(scene, i / (count - 1f), lean, colours))]);
    }

    private static Ridge Dune(Scene scene, float near, float lean, Ramp colours)
    {
        var random = scene.Random;
        var (middle, swing) = (scene.Height * (0.3f + (0.62f * near)), scene.Unit * random.Between(0.045f, 0.1f));
        var (pace, start) = (random.Between(2.2f, 4.6f), random.Between(0, MathF.Tau));
        var (slowPace, slowStart) = (random.Between(0.9f, 1.7f), random.Between(0, MathF.Tau));
        var tilt = lean * scene.Unit * random.Between(0.4f, 1f);
        var colour = colours.At(near);
        return new Ridge(scene.Heights(x =>
            middle + (tilt * (x - 0.5f)) + (swing * (MathF.Sin((x * pace) + start) + (0.7f * MathF.Sin((x * slowPace) + slowStart))))))
        {
            Crest = colour.Lighter(0.18f),
            Foot = colour.Darker(0.08f),
            Depth = scene.Unit * 0.28f,
            Shadow = 0.42f,
            ShadowReach = scene.Unit * 0.05f,
            Rim = 1.5f,
        };
    }
}
