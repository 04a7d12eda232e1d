using System.Numerics;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>A filled rectangle.</summary>
internal sealed class FrameLayer(Frame frame, Fill fill) : ILayer
{
    public Blend Blend { get; init; }

    public float Strength { get; init; } = 1;

    public float Top => frame.Top - 1;

    public float Bottom => frame.Bottom + 1;

    public void Paint(Row row)
    {
        var strength = new Vector<float>(Strength * frame.Down(row.Y));
        var (from, to) = row.Stretch(frame.Left - 1, frame.Right + 1);
        for (var x = from; x < to; x += Vector<float>.Count)
        {
            row.Lay(Blend, x, strength * frame.Across(row.Xs(x)), fill);
        }
    }
}
