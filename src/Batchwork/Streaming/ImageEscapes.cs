namespace Batchwork.Streaming;

/// <summary>Undoes JSON escapes inside of base64: <c>\/</c> (PHP), <c>\n</c> (wrapped lines), <c>\u002B</c> for a plus (System.Text.Json's default).</summary>
internal sealed class ImageEscapes
{
    private const int HexDigits = 4;

    private static readonly byte[] s_single = [.. Enumerable.Range(0, 128).Select(i => (byte)i)];

    private int _unit;
    private int _digits;

    public void Begin() => _digits = 0;

    /// <summary>Takes the next byte after the backslash.</summary>
    /// <param name="next">The byte.</param>
    /// <param name="image">The character that the escape stands for, once it is complete; nothing for white space.</param>
    /// <returns>Whether the escape is complete.</returns>
    public bool Read(byte next, out ReadOnlySpan<byte> image)
    {
        image = default;
        if (_digits == 0)
        {
            if (next == (byte)'u')
            {
                _digits = 1;
                _unit = 0;
                return false;
            }

            image = next is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'f' or (byte)'b' ? default : Single(next);
            return true;
        }

        _unit = (_unit << 4) | Hex(next);
        if (_digits++ < HexDigits)
        {
            return false;
        }

        image = Single(_unit);
        return true;
    }

    // What is not ASCII is not base64; NUL stands for it and spoils the picture, as it should.
    private static ReadOnlySpan<byte> Single(int unit) => s_single.AsSpan(unit < s_single.Length ? unit : 0, 1);

    // No hex digit: the line is no JSON, and the parser will say so.
    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => 0,
    };
}
