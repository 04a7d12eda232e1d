namespace Batchwork.Emulator.Pictures;

/// <summary>A finished picture. One that is sent many times keeps its base64 too.</summary>
internal sealed class Picture(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>How many zeros follow the bytes; a multiple of three. They are never held in memory.</summary>
    public long Padding { get; private init; }

    /// <summary>The bytes in base64, if they were worth keeping.</summary>
    public ReadOnlyMemory<byte> Base64 { get; private init; }

    public static Picture WithBase64(byte[] bytes)
    {
        var encoded = new byte[Base64Length(bytes.Length)];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, encoded, out _, out _);
        return new Picture(bytes) { Base64 = encoded };
    }

    /// <summary>The picture with zeros behind it, which decoders pass over, up to a length.</summary>
    public Picture PaddedTo(long length)
    {
        if (length <= Bytes.Length)
        {
            return this;
        }

        // Filled up to whole groups of base64, so that the zeros behind are nothing but letters A.
        byte[] whole = [.. Bytes, .. new byte[(3 - (Bytes.Length % 3)) % 3]];
        return new Picture(whole) { Padding = Math.Max(0, (length - whole.Length) / 3 * 3) };
    }

    private static int Base64Length(int length) => System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(length);
}
