using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>
/// Hills, waves or sheets of paper one before the other. In one layer, because most of what lies behind is hidden: each stretch begins
/// with the foremost ridge that covers it fully.
/// </summary>
internal sealed class RidgeLayer(params Ridge[] ridges) : ILayer
{
    public float Top { get; } = ridges.Min(ridge => ridge.Top);

    public void Paint(Row row)
    {
        var first = ridges.Length;
        for (var x = 0; x < row.Length; x += Vector<float>.Count)
        {
            // What hides everything here hid it, more often than not, one step to the left too.
            first = Math.Min(first + 1, ridges.Length);
            while (first > 0 && !ridges[first - 1].Hides(row, x))
            {
                first--;
            }

            for (var i = Math.Max(first - 1, 0); i < ridges.Length; i++)
            {
                if (row.Y >= ridges[i].Top)
                {
                    ridges[i].Paint(row, x);
                }
            }
        }
    }
}
