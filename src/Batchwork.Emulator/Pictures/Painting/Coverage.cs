using System.Numerics;
using System.Runtime.CompilerServices;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>How much of a pixel lies inside an edge.</summary>
internal static class Coverage
{
    /// <summary>Distance inside the edge in pixels → 0 to 1, smooth over the one pixel that is cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Inside(Vector<float> distance) => Unit(distance + new Vector<float>(0.5f));

    /// <summary>Keeps values between 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Unit(Vector<float> value) => Vector.Min(Vector.Max(value, Vector<float>.Zero), Vector<float>.One);
}
