using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>Colours that were mixed on a coarse grid, drawn out smoothly over the picture.</summary>
internal sealed class FluidLayer(Grid red, Grid green, Grid blue) : ILayer
{
    private readonly GridRow _red = new(red);
    private readonly GridRow _green = new(green);
    private readonly GridRow _blue = new(blue);

    public void Paint(Row row)
    {
        var r = _red.At(row);
        var g = _green.At(row);
        var b = _blue.At(row);
        for (var x = 0; x < row.Length; x += Vector<float>.Count)
        {
            row.Set(x, new Vector<float>(r[x..]), new Vector<float>(g[x..]), new Vector<float>(b[x..]));
        }
    }
}
