using System.Globalization;

namespace Batchwork.Emulator.Pictures;

/// <summary>From a ratio such as <c>16:9</c> to pixels.</summary>
internal static class AspectRatio
{
    private const int Step = 16;

    /// <summary>Width and height of that ratio, in steps of 16, with about as many pixels as a square of <paramref name="side"/>.</summary>
    public static (int Width, int Height) Fit(string ratio, int side)
    {
        var parts = ratio.Split(':');
        if (parts.Length != 2 || !TryNumber(parts[0], out var wide) || !TryNumber(parts[1], out var high))
        {
            return (side, side);
        }

        var width = side * Math.Sqrt(wide / high);
        return (Round(width), Round(width * high / wide));
    }

    private static int Round(double pixels) => Math.Max(Step, (int)Math.Round(pixels / Step) * Step);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number > 0;
}
