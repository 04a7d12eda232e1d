using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>The ground of a picture: one run of colours down the left edge, another down the right, mixed in between.</summary>
internal sealed class WashLayer(Ramp left, Ramp right, float height) : ILayer
{
    public void Paint(Row row)
    {
        var from = left.At(row.Y / height);
        var to = right.At(row.Y / height);
        var perPixel = new Vector<float>(1f / row.Width);
        for (var x = 0; x < row.Length; x += Vector<float>.Count)
        {
            var place = row.Xs(x) * perPixel;
            row.Set(
                x,
                new Vector<float>(from.R) + (place * (to.R - from.R)),
                new Vector<float>(from.G) + (place * (to.G - from.G)),
                new Vector<float>(from.B) + (place * (to.B - from.B)));
        }
    }
}
