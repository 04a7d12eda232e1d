using System.Globalization;

namespace Batchwork.Emulator.OpenAI;

/// <summary>A size such as <c>1536x1024</c>.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>What a model without a list of sizes makes, in words.</summary>
    public const string Rule =
        "Width and height must be multiples of 16, no side longer than three times the other, and not more than 3840x2160 pixels.";

    private const int Step = 16;
    private const int Longest = 3840;
    private const int MostPixels = 3840 * 2160;

    public static ImageSize? Parse(string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2 && TryNumber(parts[0], out var width) && TryNumber(parts[1], out var height)
            ? new ImageSize(width, height)
            : null;
    }

    /// <summary>
    /// Whether a model without a list of sizes makes it: steps of 16, not longer than 3:1, not more pixels than 3840x2160.
    /// </summary>
    public bool IsFree =>
        Width > 0 && Height > 0 && Width % Step == 0 && Height % Step == 0
        && Math.Max(Width, Height) <= Longest && (long)Width * Height <= MostPixels
        && Math.Max(Width, Height) <= 3 * Math.Min(Width, Height);

    public override string ToString() => $"{Width}x{Height}";

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
