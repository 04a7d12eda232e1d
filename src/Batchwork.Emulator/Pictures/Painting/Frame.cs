using System.Numerics;
using System.Runtime.CompilerServices;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>A rectangle that shapes are cut to, or that is filled itself.</summary>
internal readonly record struct Frame(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Far larger than any picture.</summary>
    public static readonly Frame Everything = new(-1e6f, -1e6f, 1e6f, 1e6f);

    /// <summary>How much of each pixel lies between left and right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Across(Vector<float> x) =>
        Coverage.Inside(x - new Vector<float>(Left)) * Coverage.Inside(new Vector<float>(Right) - x);

    /// <summary>How much of the line lies between top and bottom.</summary>
    public float Down(float y) => Math.Clamp(y - Top + 0.5f, 0, 1) * Math.Clamp(Bottom - y + 0.5f, 0, 1);
}
