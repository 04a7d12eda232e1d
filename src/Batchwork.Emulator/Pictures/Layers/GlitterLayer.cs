using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>The path of light that a low sun draws on water: dashes that grow wider and thicker towards the viewer.</summary>
internal sealed class GlitterLayer : ILayer
{
    private readonly List<Dash> _dashes = [];
    private readonly Fill _fill;

    public GlitterLayer(float centreX, float horizon, float bottom, float breadth, Rgb colour, SeededRandom random)
    {
        _fill = Fill.Flat(colour);
        (Top, Bottom) = (horizon, bottom);
        for (var y = horizon + 2; y < bottom;)
        {
            var near = (y - horizon) / (bottom - horizon);
            var thickness = 1.5f + (near * breadth * 0.09f * random.Between(0.6f, 1.3f));
            var half = breadth * (0.42f + (0.5f * near)) * random.Between(0.35f, 1.1f);
            var shift = breadth * 0.35f * near * random.Between(-1, 1);
            _dashes.Add(new Dash(centreX + shift, y + (thickness / 2), half, thickness / 2, 0.85f - (0.45f * near)));
            y += thickness * random.Between(1.5f, 2.4f);
        }
    }

    public float Top { get; }

    public float Bottom { get; }

    public void Paint(Row row)
    {
        foreach (var dash in _dashes)
        {
            if (MathF.Abs(row.Y - dash.Y) < dash.HalfHeight + 1)
            {
                Paint(row, dash);
            }
        }
    }

    private void Paint(Row row, Dash dash)
    {
        // A capsule: a line with round ends, so the dashes look brushed and not ruled.
        var straight = MathF.Max(dash.HalfWidth - dash.HalfHeight, 0);
        var dy = row.Y - dash.Y;
        var (from, to) = row.Stretch(dash.X - dash.HalfWidth - 1, dash.X + dash.HalfWidth + 1);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = Vector.Max(Vector.Abs(row.Xs(x) - new Vector<float>(dash.X)) - new Vector<float>(straight), Vector<float>.Zero);
            var distance = Vector.SquareRoot((dx * dx) + new Vector<float>(dy * dy));
            row.Lay(Blend.Cover, x, Coverage.Inside(new Vector<float>(dash.HalfHeight) - distance) * dash.Strength, _fill);
        }
    }

    private readonly record struct Dash(float X, float Y, float HalfWidth, float HalfHeight, float Strength);
}
