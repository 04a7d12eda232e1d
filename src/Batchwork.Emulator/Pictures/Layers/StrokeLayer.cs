using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>A thin line that follows a row of heights.</summary>
internal sealed class StrokeLayer(float[] heights) : ILayer
{
    private readonly HeightLine _line = new(heights);

    public required Fill Fill { get; init; }

    public float Thickness { get; init; } = 2;

    public float Strength { get; init; } = 1;

    public Blend Blend { get; init; }

    public float Top => _line.Highest - Thickness;

    public float Bottom => _line.Lowest + Thickness;

    public void Paint(Row row)
    {
        for (var block = 0; block < row.Length; block += HeightLine.BlockSize)
        {
            if (_line.Near(row.Y, Thickness + 1, block))
            {
                Paint(row, block, Math.Min(block + HeightLine.BlockSize, row.Length));
            }
        }
    }

    private void Paint(Row row, int from, int to)
    {
        var half = new Vector<float>(Thickness / 2);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var share = Coverage.Inside(half - Vector.Abs(_line.Below(row.Y, x)));
            if (Vector.GreaterThanAny(share, Vector<float>.Zero))
            {
                row.Lay(Blend, x, share * Strength, Fill);
            }
        }
    }
}
