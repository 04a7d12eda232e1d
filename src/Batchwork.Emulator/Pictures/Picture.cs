namespace Batchwork.Emulator.Pictures;

/// <summary>A finished picture. One that is sent many times keeps its base64 too.</summary>
internal sealed class Picture(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>The bytes in base64, if they were worth keeping.</summary>
    public ReadOnlyMemory<byte> Base64 { get; private init; }

    public static Picture WithBase64(byte[] bytes)
    {
        var encoded = new byte[Base64Length(bytes.Length)];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, encoded, out _, out _);
        return new Picture(bytes) { Base64 = encoded };
    }

    private static int Base64Length(int length) => System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(length);
}
