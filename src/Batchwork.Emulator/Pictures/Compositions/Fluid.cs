using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Colours that flow into each other in folds that catch the light, like silk or oil on water.</summary>
internal static class Fluid
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var palette = scene.Palette;
        var colours = scene.Random.Chance(0.5f)
            ? new Ramp(palette.Deep.Mix(palette.D, 0.55f), palette.D, palette.C, palette.B, palette.A, palette.A.Mix(palette.Paper, 0.6f))
            : new Ramp(palette.D, palette.C, palette.B, palette.A, palette.Paper.Mix(palette.A, 0.4f), palette.A, palette.B);
        var folds = Folds(scene);
        var (red, green, blue) = (NewGrid(scene), NewGrid(scene), NewGrid(scene));
        var light = scene.Unit / Grid.Step * 0.03f;
        for (var row = 0; row < red.Rows; row++)
        {
            for (var column = 0; column < red.Columns; column++)
            {
                var height = folds[column, row];
                var right = folds[Math.Min(column + 1, red.Columns - 1), row];
                var below = folds[column, Math.Min(row + 1, red.Rows - 1)];
                var shine = Math.Clamp((height - right + ((height - below) * 0.7f)) * light, -0.05f, 0.07f);
                var colour = colours.At(0.5f + (0.5f * MathF.Sin(height * 2.1f)));
                (red[column, row], green[column, row], blue[column, row]) = (colour.R + shine, colour.G + shine, colour.B + shine);
            }
        }

        return [new FluidLayer(red, green, blue)];
    }

    // Noise that is looked up at a place moved by noise: the folds come from the second look.
    private static Grid Folds(Scene scene)
    {
        var random = scene.Random;
        var noise = new Noise(random);
        var scale = random.Between(0.9f, 1.5f) / scene.Unit;
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        var (fold, shift) = (random.Between(0.7f, 1.15f), random.Between(0, 60));
        return NewGrid(scene).Fill((px, py) =>
        {
            var (x, y) = (px * scale, py * scale);
            var (u, v) = (x + (fold * noise.Over(x + shift, y)), y + (fold * noise.Over(x + 5.2f, y + shift)));
            return noise.Over(u + 9.7f, v + 3.1f) + (0.55f * ((u * cos) + (v * sin)));
        });
    }

    private static Grid NewGrid(Scene scene) => new((int)scene.Width, (int)scene.Height);
}
