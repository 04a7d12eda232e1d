using System.Numerics;
using System.Runtime.CompilerServices;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>What a shape is filled with: one colour, or a run from one to another along a direction.</summary>
internal readonly struct Fill
{
    private readonly float _perX;
    private readonly float _perY;
    private readonly float _start;

    private Fill(Rgb from, Rgb to, float perX, float perY, float start)
    {
        (From, To) = (from, to);
        (_perX, _perY, _start) = (perX, perY, start);
    }

    public Rgb From { get; }

    public Rgb To { get; }

    public static Fill Flat(Rgb colour) => new(colour, colour, 0, 0, 0);

    /// <summary>Runs from one point's colour to another's.</summary>
    public static Fill Along(Rgb from, Rgb to, float x0, float y0, float x1, float y1)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var square = MathF.Max((dx * dx) + (dy * dy), 1e-3f);
        return new Fill(from, to, dx / square, dy / square, -((x0 * dx) + (y0 * dy)) / square);
    }

    /// <summary>How far along the run each pixel is, 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Place(Vector<float> x, float y) =>
        Coverage.Unit((x * _perX) + new Vector<float>((y * _perY) + _start));
}
