using System.Numerics;
using System.Runtime.CompilerServices;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>
/// Sheets of paper cut along the lines of a field of heights and laid one on the other, the lowest first, each with its shadow.
/// </summary>
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
        var first = 0;
        for (var x = 0; x < row.Length; x += Vector<float>.Count)
        {
            var height = new Vector<float>(field[x..]);
            var slope = new Vector<float>(slopes[x..]);

            // The highest sheet that covers the stretch fully hides all below it; it is seldom far from that of the stretch before.
            while (first + 1 < sheets.Length && Covers(first + 1, height, slope))
            {
                first++;
            }

            while (first > 0 && !Covers(first, height, slope))
            {
                first--;
            }

            for (var i = first; i < sheets.Length; i++)
            {
                var inside = (height - new Vector<float>(sheets[i].Level)) * slope;
                if (Vector.LessThanAll(inside, new Vector<float>(-ShadowReach)))
                {
                    break;
                }

                Paint(row, x, inside, sheets[i].Fill);
            }
        }
    }

    private bool Covers(int sheet, Vector<float> height, Vector<float> slope) =>
        Vector.GreaterThanOrEqualAll((height - new Vector<float>(sheets[sheet].Level)) * slope, new Vector<float>(0.5f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Paint(Row row, int x, Vector<float> inside, in Fill fill)
    {
        if (Vector.LessThanAny(inside, new Vector<float>(0.5f)))
        {
            var near = Coverage.Unit(Vector<float>.One + (inside * (1 / ShadowReach)));
            row.Lay(Blend.Stain, x, near * near * Shadow, Vector<float>.Zero, s_dusk, s_dusk);
        }

        row.Lay(Blend.Cover, x, Coverage.Inside(inside), fill);
    }
}
