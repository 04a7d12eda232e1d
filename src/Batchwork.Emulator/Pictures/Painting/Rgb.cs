using System.Globalization;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>A colour as it is shown (sRGB), each part from 0 to 1.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static readonly Rgb White = new(1, 1, 1);

    public static Rgb Parse(ReadOnlySpan<char> hex)
    {
        var value = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Rgb(((value >> 16) & 255) / 255f, ((value >> 8) & 255) / 255f, (value & 255) / 255f);
    }

    /// <summary>Mixes as the eye does (Oklab), so that the way from blue to yellow does not go through mud.</summary>
    public Rgb Mix(Rgb other, float share)
    {
        var a = Oklab.From(this);
        var b = Oklab.From(other);
        return new Oklab(a.L + ((b.L - a.L) * share), a.A + ((b.A - a.A) * share), a.B + ((b.B - a.B) * share)).ToRgb();
    }

    public Rgb Lighter(float amount) => Mix(White, amount);

    public Rgb Darker(float amount)
    {
        var lab = Oklab.From(this);
        return new Oklab(lab.L * (1 - amount), lab.A * (1 - (amount * 0.5f)), lab.B * (1 - (amount * 0.5f))).ToRgb();
    }

    public float Lightness => Oklab.From(this).L;
}
