using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>A big sun low over water, with its path of light.</summary>
internal static class SeaSun
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var horizon = scene.Height * random.Between(0.54f, 0.64f);
        yield return new WashLayer(
            new Ramp(palette.D.Mix(palette.C, 0.5f), palette.C, palette.B, palette.A),
            new Ramp(palette.C, palette.B.Mix(palette.C, 0.3f), palette.A, palette.Paper),
            horizon);

        var x = scene.Width * random.Between(0.35f, 0.65f);
        var radius = scene.Unit * random.Between(0.17f, 0.24f);
        var y = horizon - (radius * random.Between(0.1f, 0.75f));
        var sky = Frame.Everything with { Bottom = horizon };
        yield return new GlowLayer(x, y, radius * 3.2f, radius * 3.2f, palette.A.Lighter(0.3f)) { Blend = Blend.Light, Strength = 0.5f };
        var shine = Fill.Along(palette.Paper.Lighter(0.3f), palette.A.Mix(palette.B, 0.4f), x, y - radius, x, y + radius);
        yield return new DiscLayer(x, y, radius, shine) { Frame = sky };
        foreach (var cloud in Clouds(scene, horizon))
        {
            yield return cloud;
        }

        yield return new FrameLayer(
            new Frame(-10, horizon, scene.Width + 10, scene.Height + 10),
            Fill.Along(palette.C.Mix(palette.D, 0.35f), palette.Deep, 0, horizon, 0, scene.Height));
        yield return new GlitterLayer(x, horizon, scene.Height * 1.02f, radius, palette.A.Lighter(0.35f), random.Fork(2));
        yield return new RidgeLayer(Shore(scene));
    }

    private static IEnumerable<ILayer> Clouds(Scene scene, float horizon)
    {
        var random = scene.Random.Fork(1);
        for (var i = 0; i < 7; i++)
        {
            var y = horizon * random.Between(0.15f, 0.92f);
            var half = scene.Unit * random.Between(0.12f, 0.4f);
            var thin = scene.Unit * random.Between(0.004f, 0.013f);
            yield return new PetalLayer(scene.Width * random.Unit(), y, half, thin, 0, Fill.Flat(scene.Palette.Paper))
            {
                Strength = random.Between(0.18f, 0.45f),
            };
        }
    }

    private static Ridge Shore(Scene scene)
    {
        var random = scene.Random.Fork(3);
        var noise = new Noise(random);
        var (start, side) = (random.Between(0, 40), random.Chance(0.5f) ? 1 : -1);
        return new Ridge(scene.Heights(x =>
        {
            var lean = 0.06f * side * ((x * scene.Unit / scene.Width) - 0.5f) * 2;
            return (scene.Height * (0.93f + lean)) + (scene.Unit * 0.03f * noise.Along((x * 2.4f) + start, 4, 0.45f));
        }))
        {
            Crest = scene.Palette.Deep.Darker(0.2f),
            Foot = scene.Palette.Deep.Darker(0.45f),
            Depth = scene.Unit * 0.2f,
        };
    }
}
