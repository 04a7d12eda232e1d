namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>The outline a picture with a see-through ground is cut to: between circle and square, a little inside the edge.</summary>
internal sealed class Cutout(int width, int height)
{
    private const float Size = 0.92f;

    public byte At(float x, float y)
    {
        var u = ((x / width * 2) - 1) / Size;
        var v = ((y / height * 2) - 1) / Size;
        var (u2, v2) = (u * u, v * v);
        var inside = 1 - ((u2 * u2) + (v2 * v2));

        // The slope of the outline's equation turns "how far inside" into pixels.
        var slope = 4 * MathF.Sqrt((u2 * u2 * u2 * 4 / ((float)width * width)) + (v2 * v2 * v2 * 4 / ((float)height * height))) / Size;
        return (byte)(Math.Clamp((inside / (slope + 1e-6f)) + 0.5f, 0, 1) * 255);
    }
}
