using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>
/// A small generator (SplitMix64) whose numbers are the same on every machine and .NET version, which <see cref="Random"/> does not
/// promise.
/// </summary>
internal sealed class SeededRandom(ulong state)
{
    private ulong _state = state;

    public static SeededRandom From(long seed, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new SeededRandom(BinaryPrimitives.ReadUInt64LittleEndian(hash) ^ ((ulong)seed * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>A generator of its own for one purpose, so that a change in one part of a picture does not move all others.</summary>
    public SeededRandom Fork(int purpose) => new(Mix(_state ^ ((ulong)purpose * 0xD1B54A32D192ED03UL)));

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>From 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);

    /// <summary>From 0 to 1.</summary>
    public float Unit() => (NextUInt64() >> 40) * (1f / (1 << 24));

    public float Between(float low, float high) => low + ((high - low) * Unit());

    public bool Chance(float probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
