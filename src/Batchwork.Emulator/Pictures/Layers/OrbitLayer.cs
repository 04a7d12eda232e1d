using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>The flat ring of a planet: its far half is hidden by the globe.</summary>
internal sealed class OrbitLayer(float centreX, float centreY, float radius, float angle, Rgb inner, Rgb outer) : ILayer
{
    private const float Flatness = 0.28f;
    private const float Outer = 1.95f;
    private const float Inner = 1.3f;
    private readonly float _cos = MathF.Cos(angle);
    private readonly float _sin = MathF.Sin(angle);

    public float Top => centreY - (radius * Outer);

    public float Bottom => centreY + (radius * Outer);

    public void Paint(Row row)
    {
        var dy = row.Y - centreY;
        var (from, to) = row.Stretch(centreX - (radius * Outer), centreX + (radius * Outer));
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = row.Xs(x) - new Vector<float>(centreX);
            var u = (dx * _cos) + new Vector<float>(dy * _sin);
            var v = (new Vector<float>(dy * _cos) - (dx * _sin)) * (1 / Flatness);
            var away = Vector.SquareRoot((u * u) + (v * v));

            // Across the flat direction a pixel is worth 1/Flatness: divide, or the near edge would be a staircase.
            var share = Coverage.Inside((new Vector<float>(radius * Outer) - away) * 0.4f);
            share *= Coverage.Inside((away - new Vector<float>(radius * Inner)) * 0.4f);
            var gap = Vector.Abs(away - new Vector<float>(radius * 1.66f)) * 0.4f;
            share *= Coverage.Inside(gap - new Vector<float>(radius * 0.014f));
            var globe = Vector.SquareRoot((dx * dx) + new Vector<float>(dy * dy)) - new Vector<float>(radius);
            var hidden = Vector.ConditionalSelect(Vector.LessThan(v, Vector<float>.Zero), Coverage.Inside(globe), Vector<float>.One);
            var place = Coverage.Unit((away - new Vector<float>(radius * Inner)) * (1 / (radius * (Outer - Inner))));
            row.Lay(Blend.Cover, x, share * hidden * 0.8f, place, inner, outer);
        }
    }
}
