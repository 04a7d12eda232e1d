using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>A large planet with its ring and moons, in a sky full of stars.</summary>
internal static class Planets
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var night = palette.Deep.Darker(0.35f);
        yield return new WashLayer(new Ramp(night, palette.Deep), new Ramp(palette.Deep, palette.D.Darker(0.25f)), scene.Height);
        for (var i = 0; i < 3; i++)
        {
            var (cloudX, cloudY) = (scene.Width * random.Unit(), scene.Height * random.Unit());
            var (wide, high) = (scene.Unit * random.Between(0.4f, 0.8f), scene.Unit * random.Between(0.25f, 0.5f));
            yield return new GlowLayer(cloudX, cloudY, wide, high, palette.Middle[i + 1]) { Blend = Blend.Light, Strength = 0.28f };
        }

        yield return new SpeckLayer(Stars(scene), palette.Paper);
        var radius = scene.Unit * random.Between(0.2f, 0.3f);
        var (x, y) = (scene.Width * random.Between(0.4f, 0.62f), scene.Height * random.Between(0.42f, 0.58f));
        yield return new GlowLayer(x, y, radius * 1.9f, radius * 1.9f, palette.B) { Blend = Blend.Light, Strength = 0.4f };
        foreach (var layer in Globe(palette, random.Fork(1), x, y, radius))
        {
            yield return layer;
        }

        for (var i = 0; i < 2; i++)
        {
            var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
            var away = radius * random.Between(1.5f, 1.9f);
            var (moonX, moonY, moon) = (x + (cos * away), y + (sin * away * 0.8f), radius * random.Between(0.08f, 0.17f));
            yield return new DiscLayer(
                moonX, moonY, moon, Fill.Along(palette.Paper, palette.C, moonX - moon, moonY - moon, moonX + moon, moonY + moon));
        }
    }

    private static IEnumerable<ILayer> Globe(Palette palette, SeededRandom random, float x, float y, float radius)
    {
        yield return new DiscLayer(
            x, y, radius, Fill.Along(palette.A, palette.C, x - radius, y - radius, x + (radius * 0.7f), y + (radius * 0.7f)));
        for (var i = 0; i < 6; i++)
        {
            // Bands of cloud: flat ellipses no wider than the globe is at their height.
            var height = random.Between(-0.8f, 0.8f);
            var half = radius * MathF.Sqrt(1 - (height * height));
            var (thin, colour) = (radius * random.Between(0.02f, 0.075f), palette.Middle[random.Below(4)]);
            yield return new PetalLayer(x, y + (height * radius), half * 0.99f, thin, 0, Fill.Flat(colour)) { Strength = 0.5f };
        }

        yield return new ShadeLayer(x, y, radius, palette.Deep.Darker(0.4f));
        if (random.Chance(0.7f))
        {
            yield return new OrbitLayer(x, y, radius, random.Between(-0.45f, 0.45f), palette.Paper, palette.B);
        }
    }

    private static List<Speck> Stars(Scene scene)
    {
        var random = scene.Random.Fork(9);
        var count = (int)(260 * scene.Width * scene.Height / (scene.Unit * scene.Unit));
        var stars = new List<Speck>(count);
        for (var i = 0; i < count; i++)
        {
            var size = random.Unit();
            var radius = scene.Unit * (0.0006f + (0.0021f * size * size * size * size));
            stars.Add(new Speck(scene.Width * random.Unit(), scene.Height * random.Unit(), radius, random.Between(0.35f, 1)));
        }

        return stars;
    }
}
