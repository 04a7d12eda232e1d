using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>A soft light or shade that fades out towards its edge.</summary>
internal sealed class GlowLayer(float centreX, float centreY, float radiusX, float radiusY, Rgb colour) : ILayer
{
    public Blend Blend { get; init; }

    public float Strength { get; init; } = 1;

    public float Top => centreY - radiusY;

    public float Bottom => centreY + radiusY;

    public void Paint(Row row)
    {
        var v = (row.Y - centreY) / radiusY;
        var (from, to) = row.Stretch(centreX - radiusX, centreX + radiusX);
        var fill = Fill.Flat(colour);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var u = (row.Xs(x) - new Vector<float>(centreX)) * (1 / radiusX);
            var inside = Coverage.Unit(Vector<float>.One - ((u * u) + new Vector<float>(v * v)));
            row.Lay(Blend, x, inside * inside * Strength, fill);
        }
    }
}
