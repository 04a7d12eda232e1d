using System.Globalization;

namespace Batchwork;

/// <summary>A size in pixels, written <c>1024x1536</c>.</summary>
internal readonly record struct PixelSize(int Width, int Height)
{
    private const int MaxDigits = 6;

    /// <summary>Reads <c>WIDTHxHEIGHT</c> exactly as providers want it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PixelSize size)
    {
        size = default;
        var x = text.IndexOf('x');
        if (x < 1 || !TryEdge(text[..x], out var width) || !TryEdge(text[(x + 1)..], out var height))
        {
            return false;
        }

        size = new PixelSize(width, height);
        return true;
    }

    /// <summary>Reads what people write instead: <c>1024×1024</c>, <c>1024 X 1024</c>, <c>1024*1024</c>, <c>1024</c>.</summary>
    public static bool TryGuess(string text, out PixelSize size)
    {
        var plain = text.Trim().Replace(" ", "", StringComparison.Ordinal).Replace('×', 'x').Replace('X', 'x').Replace('*', 'x').Replace(':', 'x');
        if (TryParse(plain, out size))
        {
            return true;
        }

        if (TryEdge(plain, out var edge))
        {
            size = new PixelSize(edge, edge);
            return true;
        }

        return false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static bool TryEdge(ReadOnlySpan<char> text, out int edge)
    {
        edge = 0;
        return text.Length is > 0 and <= MaxDigits
            && text[0] != '0'
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out edge);
    }
}
