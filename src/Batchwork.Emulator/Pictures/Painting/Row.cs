using System.Numerics;
using System.Runtime.CompilerServices;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>
/// One line of a picture while it is painted. All layers of a line are laid while it sits in the processor's nearest cache:
/// that, not the arithmetic, is what makes twenty layers affordable. The width is rounded up to whole vectors.
/// </summary>
internal sealed class Row
{
    private readonly float[] _red;
    private readonly float[] _green;
    private readonly float[] _blue;
    private readonly float[] _middles;

    public Row(int width)
    {
        Width = width;
        Length = LengthFor(width);
        _red = new float[Length];
        _green = new float[Length];
        _blue = new float[Length];
        _middles = new float[Length];
        for (var x = 0; x < Length; x++)
        {
            _middles[x] = x + 0.5f;
        }
    }

    public int Width { get; }

    /// <summary>The width rounded up to whole vectors of bytes.</summary>
    public int Length { get; }

    /// <summary>The middle of the line, from the top of the picture.</summary>
    public float Y { get; set; }

    public ReadOnlySpan<float> Red => _red;

    public ReadOnlySpan<float> Green => _green;

    public ReadOnlySpan<float> Blue => _blue;

    public static int LengthFor(int width) => (width + Vector<byte>.Count - 1) / Vector<byte>.Count * Vector<byte>.Count;

    /// <summary>Cuts a stretch to whole vectors inside the line.</summary>
    public (int From, int To) Stretch(float left, float right)
    {
        var size = Vector<float>.Count;
        if (right < 0 || left >= Length)
        {
            return (0, 0);
        }

        var from = (int)Math.Max(left, 0) / size * size;
        var to = ((int)Math.Min(right, Length - 1) / size * size) + size;
        return (from, to);
    }

    /// <summary>The middles of the pixels from <paramref name="x"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Xs(int x) => new(_middles, x);

    /// <summary>Replaces what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int x, Vector<float> red, Vector<float> green, Vector<float> blue)
    {
        red.CopyTo(_red, x);
        green.CopyTo(_green, x);
        blue.CopyTo(_blue, x);
    }

    /// <summary>Lays a fill on: share 0 leaves what is there, 1 lays it on fully.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Lay(Blend blend, int x, Vector<float> share, in Fill fill) =>
        Lay(blend, x, share, fill.Place(Xs(x), Y), fill.From, fill.To);

    /// <summary>Lays a colour on that runs from one to another along <paramref name="place"/> (0 to 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Lay(Blend blend, int x, Vector<float> share, Vector<float> place, Rgb from, Rgb to)
    {
        Lay(_red, blend, x, share, new Vector<float>(from.R) + (place * (to.R - from.R)));
        Lay(_green, blend, x, share, new Vector<float>(from.G) + (place * (to.G - from.G)));
        Lay(_blue, blend, x, share, new Vector<float>(from.B) + (place * (to.B - from.B)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lay(float[] part, Blend blend, int x, Vector<float> share, Vector<float> colour)
    {
        var old = new Vector<float>(part, x);
        var change = blend switch
        {
            Blend.Stain => old * (colour - Vector<float>.One),
            Blend.Light => (Vector<float>.One - old) * colour,
            _ => colour - old,
        };
        (old + (change * share)).CopyTo(part, x);
    }
}
