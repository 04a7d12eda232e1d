using System.Numerics;
using System.Runtime.CompilerServices;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>Everything below a line of heights: a hill, a wave, a sheet of paper with a torn edge.</summary>
internal sealed class Ridge
{
    private static readonly Rgb s_dusk = new(0.1f, 0.08f, 0.14f);
    private readonly HeightLine _line;

    public Ridge(float[] heights) => _line = new HeightLine(heights);

    /// <summary>The colour at the edge.</summary>
    public required Rgb Crest { get; init; }

    /// <summary>The colour <see cref="Depth"/> pixels below the edge and further down.</summary>
    public required Rgb Foot { get; init; }

    public float Depth { get; init; } = 200;

    /// <summary>How dark the shadow is that the edge throws upwards on what lies behind.</summary>
    public float Shadow { get; init; }

    public float ShadowReach { get; init; } = 24;

    /// <summary>A thin light along the edge, in pixels.</summary>
    public float Rim { get; init; }

    public float Top => _line.Highest - 1 - (Shadow > 0 ? ShadowReach : 0);

    /// <summary>Whether nothing behind it is seen in the stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Hides(Row row, int x) =>
        row.Y > _line.Highest && Vector.GreaterThanOrEqualAll(_line.Below(row.Y, x), new Vector<float>(0.5f));

    public void Paint(Row row, int x)
    {
        var below = _line.Below(row.Y, x);
        if (Shadow > 0 && Vector.LessThanAny(below, new Vector<float>(0.5f)))
        {
            var near = Coverage.Unit(Vector<float>.One + (below * (1 / ShadowReach)));
            row.Lay(Blend.Stain, x, near * near * near * Shadow, Vector<float>.Zero, s_dusk, s_dusk);
        }

        var share = Coverage.Inside(below);
        if (Vector.EqualsAll(share, Vector<float>.Zero))
        {
            return;
        }

        row.Lay(Blend.Cover, x, share, Coverage.Unit(below * (1 / Depth)), Crest, Foot);
        if (Rim > 0 && Vector.LessThanAny(below, new Vector<float>(Rim + 0.5f)))
        {
            var rim = share * Coverage.Inside(new Vector<float>(Rim) - below);
            row.Lay(Blend.Light, x, rim * 0.22f, Vector<float>.Zero, Rgb.White, Rgb.White);
        }
    }
}
