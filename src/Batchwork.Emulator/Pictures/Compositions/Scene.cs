using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>What a composition has to work with.</summary>
internal sealed class Scene(int width, int height, Palette palette, SeededRandom random)
{
    public float Width { get; } = width;

    public float Height { get; } = height;

    public Palette Palette { get; } = palette;

    public SeededRandom Random { get; } = random;

    /// <summary>The shorter side: shapes are measured by it, so that a composition holds in any format.</summary>
    public float Unit { get; } = Math.Min(width, height);

    /// <summary>A line of heights across the picture; the function gets the place in shorter sides.</summary>
    public float[] Heights(Func<float, float> height)
    {
        var heights = new float[Row.LengthFor(width)];
        for (var x = 0; x < heights.Length; x++)
        {
            heights[x] = height(x / Unit);
        }

        return heights;
    }

    /// <summary>A plain ground from one colour at the top to another at the bottom.</summary>
    public Layers.WashLayer Ground(Rgb top, Rgb bottom) => new(new Ramp(top, bottom), new Ramp(top, bottom), Height);
}
