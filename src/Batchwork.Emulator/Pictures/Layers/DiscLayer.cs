using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>A disc with a clean edge; with an inner radius, a ring; with a frame, only the part inside it.</summary>
internal sealed class DiscLayer(float centreX, float centreY, float radius, Fill fill) : ILayer
{
    public Blend Blend { get; init; }

    public float Strength { get; init; } = 1;

    /// <summary>The radius of the hole.</summary>
    public float Hole { get; init; }

    /// <summary>How soft the edge is, in pixels. 1 is a clean edge.</summary>
    public float Softness { get; init; } = 1;

    public Frame Frame { get; init; } = Frame.Everything;

    public float Top => MathF.Max(centreY - radius - Softness, Frame.Top - 1);

    public float Bottom => MathF.Min(centreY + radius + Softness, Frame.Bottom + 1);

    public void Paint(Row row)
    {
        var dy = row.Y - centreY;
        var half = HalfChord(radius + Softness, dy);
        var inner = HalfChord(Hole - Softness - Vector<float>.Count, dy);
        if (inner > 0)
        {
            Paint(row, dy, centreX - half, centreX - inner);
            Paint(row, dy, MathF.Max(centreX + inner, row.Stretch(0, centreX - inner).To), centreX + half);
        }
        else
        {
            Paint(row, dy, centreX - half, centreX + half);
        }
    }

    private static float HalfChord(float radius, float dy) => radius <= 0 ? 0 : MathF.Sqrt(MathF.Max((radius * radius) - (dy * dy), 0));

    private void Paint(Row row, float dy, float left, float right)
    {
        var (from, to) = row.Stretch(MathF.Max(left, Frame.Left - 1), MathF.Min(right, Frame.Right + 1));
        var strength = new Vector<float>(Strength * Frame.Down(row.Y));
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = row.Xs(x) - new Vector<float>(centreX);
            var distance = Vector.SquareRoot((dx * dx) + new Vector<float>(dy * dy));
            var share = Coverage.Inside((new Vector<float>(radius) - distance) * (1 / Softness));
            if (Hole > 0)
            {
                share *= Coverage.Inside((distance - new Vector<float>(Hole)) * (1 / Softness));
            }

            if (Vector.GreaterThanAny(share, Vector<float>.Zero))
            {
                row.Lay(Blend, x, share * strength * Frame.Across(row.Xs(x)), fill);
            }
        }
    }
}
