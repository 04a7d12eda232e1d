using System.Numerics;
using System.Runtime.Intrinsics;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>Paints layers into pixels: bytes in the order red, green, blue (and cover, when a picture has a see-through ground).</summary>
internal sealed class Painter(int width, int height)
{
    private const int GrainSize = 256;
    private static readonly float[] s_grain = MakeGrain();
    private static readonly Vector128<byte>[] s_spread = MakeSpread();

    private readonly Row _row = new(width);
    private readonly byte[] _red = new byte[width + Vector<byte>.Count];
    private readonly byte[] _green = new byte[width + Vector<byte>.Count];
    private readonly byte[] _blue = new byte[width + Vector<byte>.Count];
    private readonly float[] _corners = new float[Vector<byte>.Count];
    private readonly float[] _noise = new float[Vector<byte>.Count];

    /// <summary>How strong the grain is, in steps of 255. Even 0.5 keeps wide gradients free of bands.</summary>
    public float Grain { get; init; } = 0.55f;

    /// <summary>How much darker the corners are.</summary>
    public float Vignette { get; init; } = 0.06f;

    public void Paint(IReadOnlyList<ILayer> layers, Span<byte> pixels, Cutout? cutout)
    {
        var stride = width * (cutout is null ? 3 : 4);
        for (var y = 0; y < height; y++)
        {
            _row.Y = y + 0.5f;
            foreach (var layer in layers)
            {
                if (layer.Top <= y + 1 && layer.Bottom >= y)
                {
                    layer.Paint(_row);
                }
            }

            Finish(y);
            var line = pixels.Slice(y * stride, stride);
            if (cutout is null)
            {
                Interleave(line);
            }
            else
            {
                Interleave(line, cutout, y + 0.5f);
            }
        }
    }

    // Corners, grain, and from 0–1 to bytes.
    private void Finish(int y)
    {
        var v = ((y + 0.5f) / height * 2) - 1;
        var grain = s_grain.AsSpan((y & (GrainSize - 1)) * GrainSize);
        var (size, perPixel) = (Vector<float>.Count, 2f / width);
        for (var x = 0; x < _row.Length; x += size * 4)
        {
            for (var part = 0; part < 4; part++)
            {
                var at = x + (part * size);
                var u = (_row.Xs(at) * perPixel) - Vector<float>.One;
                var corner = new Vector<float>(255) - (((u * u) + new Vector<float>(v * v)) * (Vignette * 127.5f));
                var noise = (new Vector<float>(grain[(at & (GrainSize - 1))..]) * Grain) + new Vector<float>(0.5f);
                corner.CopyTo(_corners, part * size);
                noise.CopyTo(_noise, part * size);
            }

            ToBytes(_row.Red, _red, x);
            ToBytes(_row.Green, _green, x);
            ToBytes(_row.Blue, _blue, x);
        }
    }

    private void ToBytes(ReadOnlySpan<float> from, byte[] to, int x)
    {
        var low = Vector.Narrow(ToWhole(from, x, 0), ToWhole(from, x, 1));
        var high = Vector.Narrow(ToWhole(from, x, 2), ToWhole(from, x, 3));
        Vector.Narrow(low, high).CopyTo(to, x);
    }

    private Vector<uint> ToWhole(ReadOnlySpan<float> from, int x, int part)
    {
        var at = part * Vector<float>.Count;
        var value = (new Vector<float>(from[(x + at)..]) * new Vector<float>(_corners, at)) + new Vector<float>(_noise, at);
        return Vector.ConvertToUInt32Native(Vector.Min(Vector.Max(value, Vector<float>.Zero), new Vector<float>(255)));
    }

    private void Interleave(Span<byte> line)
    {
        // Sixteen pixels at a time: each of the three vectors written takes its bytes from all three colours.
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x + 16 <= width; x += 16)
            {
                var (r, g, b) = (Vector128.Create(_red, x), Vector128.Create(_green, x), Vector128.Create(_blue, x));
                for (var part = 0; part < 3; part++)
                {
                    var mixed = Vector128.Shuffle(r, s_spread[part])
                        | Vector128.Shuffle(g, s_spread[3 + part])
                        | Vector128.Shuffle(b, s_spread[6 + part]);
                    mixed.CopyTo(line[((x * 3) + (part * 16))..]);
                }
            }
        }

        for (; x < width; x++)
        {
            line[x * 3] = _red[x];
            line[(x * 3) + 1] = _green[x];
            line[(x * 3) + 2] = _blue[x];
        }
    }

    private void Interleave(Span<byte> line, Cutout cutout, float y)
    {
        for (int x = 0, at = 0; at + 3 < line.Length; x++, at += 4)
        {
            line[at + 3] = cutout.At(x + 0.5f, y);
            line[at + 2] = _blue[x];
            line[at + 1] = _green[x];
            line[at] = _red[x];
        }
    }

    // For colour c and written vector v, at [c * 3 + v]: which of the sixteen bytes goes where; 255 writes a zero.
    private static Vector128<byte>[] MakeSpread()
    {
        var spread = new Vector128<byte>[9];
        Span<byte> order = stackalloc byte[16];
        for (var colour = 0; colour < 3; colour++)
        {
            for (var part = 0; part < 3; part++)
            {
                for (var i = 0; i < 16; i++)
                {
                    var at = (part * 16) + i;
                    order[i] = at % 3 == colour ? (byte)(at / 3) : (byte)255;
                }

                spread[(colour * 3) + part] = Vector128.Create<byte>(order);
            }
        }

        return spread;
    }

    // Two even draws added: small steps are common and large ones rare, as in film. The same tile for all pictures.
    private static float[] MakeGrain()
    {
        var random = new SeededRandom(20261122);
        var tile = new float[(GrainSize * GrainSize) + Vector<float>.Count];
        for (var i = 0; i < tile.Length; i++)
        {
            tile[i] = random.Unit() + random.Unit() - 1;
        }

        return tile;
    }
}
