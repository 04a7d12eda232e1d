using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Sheets of paper laid one in the other along the lines of height of an unknown island.</summary>
internal static class Relief
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var noise = new Noise(random);
        var scale = random.Between(1.5f, 2.3f) / scene.Unit;
        var (shiftX, shiftY) = (random.Between(0, 60), random.Between(0, 60));
        var (middleX, middleY) = (scene.Width * random.Between(0.38f, 0.62f), scene.Height * random.Between(0.38f, 0.62f));
        var heights = new Grid((int)scene.Width, (int)scene.Height).Fill((x, y) =>
        {
            var (dx, dy) = ((x - middleX) / scene.Width, (y - middleY) / scene.Height);
            var swell = 0.62f - (1.9f * MathF.Sqrt((dx * dx) + (dy * dy)));
            var coast = 0.42f * noise.Over((x * scale) + shiftX, (y * scale) + shiftY);
            return swell + coast + (0.13f * noise.Over((x * scale * 2.3f) + 7, (y * scale * 2.3f) + 3));
        });

        var deepInside = random.Chance(0.5f);
        var colours = deepInside
            ? new Ramp(palette.Paper, palette.A, palette.B, palette.C, palette.D, palette.Deep)
            : new Ramp(palette.Deep, palette.D, palette.C, palette.B, palette.A, palette.Paper);
        yield return scene.Ground(colours.At(0).Lighter(0.06f), colours.At(0));
        var steepness = Steepness(heights);
        var count = 6 + random.Below(3);
        yield return new ReliefLayer(
            heights, steepness, [.. Enumerable.Range(1, count).Select(i => Sheet(scene, colours, i / (float)count))])
        {
            Shadow = 0.36f,
            ShadowReach = scene.Unit * 0.03f,
        };
    }

    private static Sheet Sheet(Scene scene, Ramp colours, float share)
    {
        var colour = colours.At(share);
        return new Sheet(
            -0.42f + (0.98f * share), Fill.Along(colour.Lighter(0.12f), colour.Darker(0.06f), 0, 0, scene.Width, scene.Height));
    }

    // Pixels a unit of height: turns "how far above the level" into "how many pixels inside the sheet".
    private static Grid Steepness(Grid heights)
    {
        var result = new Grid((heights.Columns - 3) * Grid.Step, (heights.Rows - 3) * Grid.Step);
        for (var row = 0; row < heights.Rows; row++)
        {
            for (var column = 0; column < heights.Columns; column++)
            {
                var dx = heights[Math.Min(column + 1, heights.Columns - 1), row] - heights[Math.Max(column - 1, 0), row];
                var dy = heights[column, Math.Min(row + 1, heights.Rows - 1)] - heights[column, Math.Max(row - 1, 0)];
                result[column, row] = 2 * Grid.Step / MathF.Max(MathF.Sqrt((dx * dx) + (dy * dy)), 0.012f);
            }
        }

        return result;
    }
}
