using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Big discs of transparent ink on paper, with thin circles drawn over them.</summary>
internal static class Discs
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        yield return scene.Ground(palette.Paper.Lighter(0.3f), palette.Paper.Mix(palette.A, 0.22f));

        // Around the middle with the golden angle: never two on one spot, never in a row.
        var count = 6 + random.Below(4);
        var turn = random.Between(0, MathF.Tau);
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = MathF.SinCos(turn + (i * 2.39996f));
            var away = MathF.Sqrt((i + 0.35f) / count);
            var x = (scene.Width / 2) + (cos * away * scene.Width * 0.36f);
            var y = (scene.Height / 2) + (sin * away * scene.Height * 0.36f);
            var radius = scene.Unit * random.Between(0.12f, 0.3f) * (1.15f - (0.4f * away));
            var colour = palette.Middle[(i + 1) % 4];
            yield return new DiscLayer(
                x, y, radius, Fill.Along(colour.Lighter(0.35f), colour, x - radius, y - radius, x + radius, y + radius))
            {
                Blend = Blend.Stain,
                Strength = 0.88f,
            };
            if (i % 3 == 1)
            {
                var ring = radius * random.Between(1.15f, 1.5f);
                var line = MathF.Max(1.5f, scene.Unit * 0.0022f);
                yield return new DiscLayer(x, y, ring, Fill.Flat(palette.Deep)) { Hole = ring - line, Strength = 0.7f };
            }
        }

        var dot = scene.Unit * random.Between(0.018f, 0.03f);
        yield return new DiscLayer(
            scene.Width * random.Between(0.2f, 0.8f), scene.Height * random.Between(0.2f, 0.8f), dot, Fill.Flat(palette.Deep));
    }
}
