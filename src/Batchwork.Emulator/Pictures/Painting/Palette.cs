namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>Six colours that go together: a light paper, four in between from warm or light to cool or deep, and the deepest.</summary>
internal sealed record Palette(Rgb Paper, Rgb A, Rgb B, Rgb C, Rgb D, Rgb Deep)
{
    /// <summary>The four colours between paper and deep.</summary>
    public IReadOnlyList<Rgb> Middle => [A, B, C, D];

    public static Palette Parse(string hexes)
    {
        var parts = hexes.Split(' ');
        return new Palette(
            Rgb.Parse(parts[0]), Rgb.Parse(parts[1]), Rgb.Parse(parts[2]), Rgb.Parse(parts[3]), Rgb.Parse(parts[4]), Rgb.Parse(parts[5]));
    }

    /// <summary>Turns all hues a little, so that two pictures of one palette are kin and not twins.</summary>
    public Palette Turn(float radians)
    {
        Rgb Turned(Rgb colour) => Oklab.From(colour).Turn(radians).ToRgb();
        return new Palette(Turned(Paper), Turned(A), Turned(B), Turned(C), Turned(D), Turned(Deep));
    }
}
