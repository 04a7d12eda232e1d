namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>
/// A colour by lightness and two opposing hues, in which equal steps look equal. Matrices: bottosson.github.io/posts/oklab.
/// </summary>
internal readonly record struct Oklab(float L, float A, float B)
{
    public static Oklab From(Rgb colour)
    {
        var (r, g, b) = (ToLinear(colour.R), ToLinear(colour.G), ToLinear(colour.B));
        var l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        var m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        var s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        return new Oklab(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    public Rgb ToRgb()
    {
        var l = Cube(L + (0.3963377774f * A) + (0.2158037573f * B));
        var m = Cube(L - (0.1055613458f * A) - (0.0638541728f * B));
        var s = Cube(L - (0.0894841775f * A) - (1.2914855480f * B));
        return new Rgb(
            ToShown((4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s)),
            ToShown((-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s)),
            ToShown((-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s)));
    }

    /// <summary>Turns the hue, keeping lightness and strength.</summary>
    public Oklab Turn(float radians)
    {
        var (sin, cos) = MathF.SinCos(radians);
        return new Oklab(L, (A * cos) - (B * sin), (A * sin) + (B * cos));
    }

    private static float Cube(float value) => value * value * value;

    private static float ToLinear(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    private static float ToShown(float value)
    {
        value = Math.Clamp(value, 0, 1);
        return value <= 0.0031308f ? value * 12.92f : (1.055f * MathF.Pow(value, 1 / 2.4f)) - 0.055f;
    }
}
