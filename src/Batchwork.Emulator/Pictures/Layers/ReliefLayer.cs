using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>Sheets of paper cut along the lines of a field of heights and laid one on the other, the lowest first, each with its shadow.</summary>
internal sealed class ReliefLayer(Grid heights, Grid steepness, Sheet[] sheets) : ILayer
{
    private static readonly Rgb s_dusk = new(0.12f, 0.1f, 0.18f);
    private readonly GridRow _heights = new(heights);
    private readonly GridRow _steepness = new(steepness);

    /// <summary>How dark the shadow around a sheet is.</summary>
    public float Shadow { get; init; }

    public float ShadowReach { get; init; } = 26;

    public void Paint(Row row)
    {
        var field = _heights.At(row);
        var slopes = _steepness.At(row);
        for (var x = 0; x < row.Length; x += Vector<float>.Count)
        {
            var height = new Vector<float>(field[x..]);
            var slope = new Vector<float>(slopes[x..]);
            for (var i = Uppermost(height, slope); i < sheets.Length; i++)
            {
                Paint(row, x, (height - new Vector<float>(sheets[i].Level)) * slope, sheets[i].Fill);
            }
        }
    }

    // The highest sheet that covers the stretch fully: nothing below it is seen.
    private int Uppermost(Vector<float> height, Vector<float> slope)
    {
        var i = sheets.Length - 1;
        while (i > 0 && !Vector.GreaterThanOrEqualAll((height - new Vector<float>(sheets[i].Level)) * slope, new Vector<float>(0.5f)))
        {
            i--;
        }

        return i;
    }

    private void Paint(Row row, int x, Vector<float> inside, Fill fill)
    {
        if (Vector.LessThanAll(inside, new Vector<float>(-ShadowReach)))
        {
            return;
        }

        if (Vector.LessThanAny(inside, new Vector<float>(0.5f)))
        {
            var near = Coverage.Unit(Vector<float>.One + (inside * (1 / ShadowReach)));
            row.Lay(Blend.Stain, x, near * near * Shadow, Vector<float>.Zero, s_dusk, s_dusk);
        }

        row.Lay(Blend.Cover, x, Coverage.Inside(inside), fill);
    }
}
