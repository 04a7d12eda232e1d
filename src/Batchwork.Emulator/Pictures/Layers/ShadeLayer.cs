using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>The night side of a globe lit from the upper left.</summary>
internal sealed class ShadeLayer(float centreX, float centreY, float radius, Rgb colour) : ILayer
{
    private readonly Fill _fill = Fill.Flat(colour);

    public float Top => centreY - radius - 1;

    public float Bottom => centreY + radius + 1;

    public void Paint(Row row)
    {
        var dy = row.Y - centreY;
        var lightY = row.Y - (centreY - (radius * 0.42f));
        var (from, to) = row.Stretch(centreX - radius - 1, centreX + radius + 1);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = row.Xs(x) - new Vector<float>(centreX);
            var lightX = dx + new Vector<float>(radius * 0.42f);
            var inside = Coverage.Inside(new Vector<float>(radius) - Vector.SquareRoot((dx * dx) + new Vector<float>(dy * dy)));
            var away = Vector.SquareRoot((lightX * lightX) + new Vector<float>(lightY * lightY)) * (1 / radius);
            var shade = Coverage.Unit((away - new Vector<float>(0.62f)) * 1.05f);
            row.Lay(Blend.Cover, x, inside * shade * 0.88f, _fill);
        }
    }
}
