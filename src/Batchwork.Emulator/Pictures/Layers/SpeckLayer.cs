using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>Many small discs of one colour: stars, snow, pollen.</summary>
internal sealed class SpeckLayer : ILayer
{
    private readonly Speck[] _specks;
    private readonly Fill _fill;
    private readonly float _largest;

    public SpeckLayer(IEnumerable<Speck> specks, Rgb colour)
    {
        _specks = [.. specks.OrderBy(speck => speck.Y)];
        _largest = _specks.Length == 0 ? 0 : _specks.Max(speck => speck.Radius);
        _fill = Fill.Flat(colour);
    }

    public Blend Blend { get; init; } = Blend.Light;

    public void Paint(Row row)
    {
        for (var i = First(row.Y - _largest - 1); i < _specks.Length && _specks[i].Y <= row.Y + _largest + 1; i++)
        {
            Paint(row, _specks[i]);
        }
    }

    private void Paint(Row row, Speck speck)
    {
        var dy = row.Y - speck.Y;
        if (MathF.Abs(dy) > speck.Radius + 1)
        {
            return;
        }

        var (from, to) = row.Stretch(speck.X - speck.Radius - 1, speck.X + speck.Radius + 1);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            var dx = row.Xs(x) - new Vector<float>(speck.X);
            var distance = Vector.SquareRoot((dx * dx) + new Vector<float>(dy * dy));
            row.Lay(Blend, x, Coverage.Inside(new Vector<float>(speck.Radius) - distance) * speck.Strength, _fill);
        }
    }

    private int First(float y)
    {
        var (low, high) = (0, _specks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _specks[middle].Y < y ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
