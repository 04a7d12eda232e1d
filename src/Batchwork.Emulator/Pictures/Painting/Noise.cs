namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>Smooth randomness in one and two dimensions.</summary>
internal sealed class Noise
{
    private const int Size = 256;
    private readonly byte[] _order = new byte[Size * 2];
    private readonly float[] _values = new float[Size];
    private readonly (float X, float Y)[] _slopes = new (float, float)[Size];

    public Noise(SeededRandom random)
    {
        Span<byte> order = stackalloc byte[Size];
        for (var i = 0; i < Size; i++)
        {
            order[i] = (byte)i;
            _values[i] = random.Between(-1, 1);
            var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
            _slopes[i] = (cos, sin);
        }

        random.Shuffle(order);
        order.CopyTo(_order);
        order.CopyTo(_order.AsSpan(Size));
    }

    /// <summary>A line that wanders between about -1 and 1, one swing a unit.</summary>
    public float Along(float x)
    {
        var whole = (int)MathF.Floor(x);
        var share = Smooth(x - whole);
        var left = _values[_order[whole & 255]];
        var right = _values[_order[(whole + 1) & 255]];
        return left + ((right - left) * share);
    }

    /// <summary>The same with ever finer and weaker detail on top.</summary>
    public float Along(float x, int octaves, float roughness)
    {
        var (sum, strength, total) = (0f, 1f, 0f);
        for (var i = 0; i < octaves; i++)
        {
            sum += Along(x + (i * 37.3f)) * strength;
            total += strength;
            strength *= roughness;
            x *= 2.03f;
        }

        return sum / total;
    }

    /// <summary>A landscape between about -1 and 1.</summary>
    public float Over(float x, float y)
    {
        var (column, line) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (u, v) = (x - column, y - line);
        var (su, sv) = (Smooth(u), Smooth(v));
        var upper = Lerp(Slope(column, line, u, v), Slope(column + 1, line, u - 1, v), su);
        var lower = Lerp(Slope(column, line + 1, u, v - 1), Slope(column + 1, line + 1, u - 1, v - 1), su);
        return Lerp(upper, lower, sv) * 1.45f;
    }

    private static float Smooth(float share) => share * share * share * ((share * ((share * 6) - 15)) + 10);

    private static float Lerp(float from, float to, float share) => from + ((to - from) * share);

    private float Slope(int column, int line, float u, float v)
    {
        var (x, y) = _slopes[_order[_order[column & 255] + (line & 255)]];
        return (x * u) + (y * v);
    }
}
