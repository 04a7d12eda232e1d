using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Bundles of thin threads that swing across the picture and cross each other.</summary>
internal static class Silk
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var dark = random.Chance(0.6f);
        yield return dark
            ? new WashLayer(new Ramp(palette.Deep.Darker(0.2f), palette.Deep), new Ramp(palette.Deep, palette.D.Darker(0.1f)), scene.Height)
            : new WashLayer(
                new Ramp(palette.Paper.Lighter(0.3f), palette.Paper), new Ramp(palette.Paper, palette.A.Lighter(0.4f)), scene.Height);
        yield return new GlowLayer(
            scene.Width * random.Unit(), scene.Height * random.Unit(), scene.Unit * 0.9f, scene.Unit * 0.7f, dark ? palette.C : palette.A)
        {
            Strength = 0.5f,
            Blend = dark ? Blend.Light : Blend.Stain,
        };

        var bundles = 3;
        for (var bundle = 0; bundle < bundles; bundle++)
        {
            foreach (var thread in Bundle(scene, bundle, dark))
            {
                yield return thread;
            }
        }
    }

    private static IEnumerable<ILayer> Bundle(Scene scene, int bundle, bool dark)
    {
        var random = scene.Random.Fork(bundle + 1);
        var (palette, unit) = (scene.Palette, scene.Unit);
        var (first, second) = (palette.Middle[bundle % 4], palette.Middle[(bundle + 1) % 4]);
        var fill = Fill.Along(
            dark ? first.Lighter(0.25f) : first.Darker(0.1f), dark ? second.Lighter(0.2f) : second.Darker(0.1f), 0, 0, scene.Width, 0);
        var middle = scene.Height * (0.26f + (0.24f * bundle) + random.Between(-0.05f, 0.05f));
        var (pace, start) = (random.Between(2f, 4.2f), random.Between(0, MathF.Tau));
        var (pace2, start2) = (random.Between(4.5f, 7.5f), random.Between(0, MathF.Tau));
        var swing = unit * random.Between(0.08f, 0.15f);
        const int Threads = 26;
        for (var i = 0; i < Threads; i++)
        {
            var share = (i / (Threads - 1f) * 2) - 1;
            yield return new StrokeLayer(scene.Heights(x =>
            {
                var pinch = 0.2f + (0.8f * MathF.Abs(MathF.Sin((x * pace * 0.55f) + start2)));
                var wave = swing * MathF.Sin((x * pace) + start + (share * 0.5f));
                var ripple = unit * 0.02f * MathF.Sin((x * pace2) + start2 + (share * 2));
                return middle + wave + ripple + (share * unit * 0.13f * pinch);
            }))
            {
                Fill = fill,
                Thickness = MathF.Max(1.2f, unit * 0.0026f),
                Strength = 0.85f - (0.45f * MathF.Abs(share)),
                Blend = dark ? Blend.Light : Blend.Cover,
            };
        }
    }
}
