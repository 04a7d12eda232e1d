using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>A turned ellipse.</summary>
internal sealed class PetalLayer(float centreX, float centreY, float length, float breadth, float angle, Fill fill) : ILayer
{
    private readonly float _cos = MathF.Cos(angle);
    private readonly float _sin = MathF.Sin(angle);

    public Blend Blend { get; init; }

    public float Strength { get; init; } = 1;

    /// <summary>A lighter or darker seam along the edge, in pixels; 0 for none.</summary>
    public float Seam { get; init; }

    private float Reach => MathF.Sqrt((length * length * _sin * _sin) + (breadth * breadth * _cos * _cos));

    private float Span => MathF.Sqrt((length * length * _cos * _cos) + (breadth * breadth * _sin * _sin));

    public float Top => centreY - Reach - 1;

    public float Bottom => centreY + Reach + 1;

    public void Paint(Row row)
    {
        var dy = row.Y - centreY;
        var (from, to) = row.Stretch(centreX - Span - 1, centreX + Span + 1);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = row.Xs(x) - new Vector<float>(centreX);
            var u = ((dx * _cos) + new Vector<float>(dy * _sin)) * (1 / length);
            var v = (new Vector<float>(dy * _cos) - (dx * _sin)) * (1 / breadth);
            var square = (u * u) + (v * v);

            // Distance to the edge ≈ (1 - f) / |gradient of f|, with f the ellipse's own equation.
            var slopes = (u * u * (1 / (length * length))) + (v * v * (1 / (breadth * breadth)));
            var gradient = Vector.SquareRoot(slopes) + new Vector<float>(1e-6f);
            var distance = (Vector<float>.One - square) / (gradient * 2f);
            var share = Coverage.Inside(distance) * Strength;
            if (Vector.EqualsAll(share, Vector<float>.Zero))
            {
                continue;
            }

            row.Lay(Blend, x, share, fill);
            if (Seam > 0 && Vector.LessThanAny(distance, new Vector<float>(Seam + 0.5f)))
            {
                var seam = share * Coverage.Inside(new Vector<float>(Seam) - distance);
                row.Lay(Blend.Light, x, seam * 0.5f, Vector<float>.Zero, Rgb.White, Rgb.White);
            }
        }
    }
}
