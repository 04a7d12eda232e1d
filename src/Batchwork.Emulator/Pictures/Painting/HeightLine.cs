using System.Numerics;
using System.Runtime.CompilerServices;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>A line of heights, one a pixel, from the top of the picture.</summary>
internal sealed class HeightLine
{
    /// <summary>Pixels whose highest and lowest are known together, so that a thin line is looked for only where it can be.</summary>
    public const int BlockSize = 64;

    private readonly float[] _heights;
    private readonly float[] _steepness;
    private readonly (float Highest, float Lowest)[] _blocks;

    public HeightLine(float[] heights)
    {
        _heights = heights;
        Highest = heights.Min();
        Lowest = heights.Max();
        _steepness = new float[heights.Length];
        for (var x = 0; x < heights.Length; x++)
        {
            // Without this the steep parts of an edge would be smoothed over too few pixels and look jagged.
            var slope = heights[Math.Min(x + 1, heights.Length - 1)] - heights[Math.Max(x - 1, 0)];
            _steepness[x] = 1 / MathF.Sqrt(1 + (slope * slope / 4));
        }

        _blocks = [.. heights.Chunk(BlockSize).Select(block => (block.Min(), block.Max()))];
    }

    public float Highest { get; }

    public float Lowest { get; }

    /// <summary>
    /// Whether the line comes nearer than <paramref name="reach"/> to a height somewhere in the block that begins at <paramref name="x"/>.
    /// </summary>
    public bool Near(float y, float reach, int x)
    {
        var (highest, lowest) = _blocks[x / BlockSize];
        return y > highest - reach && y < lowest + reach;
    }

    /// <summary>How far each pixel lies below the line; less than 0 above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Below(float y, int x) =>
        (new Vector<float>(y) - new Vector<float>(_heights, x)) * new Vector<float>(_steepness, x);
}
