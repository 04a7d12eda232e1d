using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Flowers seen from above: rings of see-through petals around a heart.</summary>
internal static class Bloom
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var dark = random.Chance(0.45f);
        yield return dark
            ? new WashLayer(
                new Ramp(palette.Deep, palette.Deep.Mix(palette.D, 0.4f)),
                new Ramp(palette.Deep.Mix(palette.D, 0.5f), palette.D.Darker(0.15f)),
                scene.Height)
            : new WashLayer(new Ramp(palette.Paper, palette.Paper), new Ramp(palette.Paper, palette.A.Lighter(0.45f)), scene.Height);

        var flowers = random.Chance(0.5f) ? 1 : 3;
        for (var i = 0; i < flowers; i++)
        {
            var (x, y, size) = flowers == 1
                ? (scene.Width * random.Between(0.46f, 0.54f), scene.Height * random.Between(0.46f, 0.54f), scene.Unit * 0.46f)
                : Spot(scene, i);
            foreach (var layer in Flower(scene, x, y, size, i))
            {
                yield return layer;
            }
        }
    }

    private static (float X, float Y, float Size) Spot(Scene scene, int index)
    {
        var random = scene.Random;
        var (x, y, size) = index switch
        {
            0 => (0.36f, 0.62f, 0.36f),
            1 => (0.72f, 0.33f, 0.29f),
            _ => (0.24f, 0.2f, 0.19f),
        };
        return (scene.Width * (x + random.Between(-0.04f, 0.04f)), scene.Height * (y + random.Between(-0.04f, 0.04f)), scene.Unit * size);
    }

    private static IEnumerable<ILayer> Flower(Scene scene, float x, float y, float size, int index)
    {
        var (palette, random) = (scene.Palette, scene.Random.Fork(index + 1));
        var rings = 3 + random.Below(2);
        var petals = 7 + random.Below(5);
        yield return new GlowLayer(x, y, size * 1.25f, size * 1.25f, palette.Deep) { Blend = Blend.Stain, Strength = 0.22f };
        for (var ring = 0; ring < rings; ring++)
        {
            var share = ring / (float)rings;
            var length = size * (1 - (0.78f * share)) * 0.5f;
            var breadth = length * random.Between(0.32f, 0.46f);
            var turn = random.Between(0, MathF.Tau);
            var colour = palette.Middle[(ring + index) % 4];
            for (var petal = 0; petal < petals; petal++)
            {
                var angle = turn + (petal * MathF.Tau / petals);
                var (sin, cos) = MathF.SinCos(angle);
                var (px, py) = (x + (cos * length), y + (sin * length));
                yield return new PetalLayer(
                    px,
                    py,
                    length,
                    breadth,
                    angle,
                    Fill.Along(colour.Darker(0.08f), colour.Lighter(0.35f), x, y, x + (cos * length * 2), y + (sin * length * 2)))
                {
                    Strength = 0.82f,
                    Seam = MathF.Max(1.2f, scene.Unit * 0.0016f),
                };
            }
        }

        yield return new DiscLayer(
            x, y, size * 0.1f, Fill.Along(palette.A.Lighter(0.4f), palette.B, x, y - (size * 0.1f), x, y + (size * 0.1f)));
        yield return new SpeckLayer(Pollen(random, x, y, size * 0.085f), palette.Deep) { Blend = Blend.Cover };
    }

    private static List<Speck> Pollen(SeededRandom random, float x, float y, float radius)
    {
        var specks = new List<Speck>();
        for (var i = 0; i < 26; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 2.39996f);
            var away = radius * MathF.Sqrt(i / 26f);
            specks.Add(new Speck(x + (cos * away), y + (sin * away), radius * random.Between(0.05f, 0.09f), 0.75f));
        }

        return specks;
    }
}
