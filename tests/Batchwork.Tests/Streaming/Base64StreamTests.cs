using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class Base64StreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Decode_InPiecesOfAnyLength_MakesTheBytes(int length)
    {
        var bytes = Bytes(length);
        var text = Convert.ToBase64String(bytes);
        for (var piece = 1; piece <= Math.Min(text.Length + 1, 130); piece++)
        {
            Assert.Equal(bytes, Decode(text, piece, out var damaged));
            Assert.False(damaged);
        }
    }

    [Theory]
    [InlineData("urls")]
    [InlineData("unpadded")]
    [InlineData("wrapped")]
    [InlineData("spaced")]
    public void Decode_OtherHabits_AreForgiven(string habit)
    {
        var bytes = Bytes(4999);
        var plain = Convert.ToBase64String(bytes);
        var text = habit switch
        {
            "urls" => plain.Replace('+', '-').Replace('/', '_'),
            "unpadded" => plain.TrimEnd('='),
            "wrapped" => string.Join('\n', plain.Chunk(76).Select(c => new string(c))),
            _ => string.Join(' ', plain.Chunk(5).Select(c => new string(c))) + " ",
        };
        foreach (var piece in new[] { 1, 3, 4, 7, 64, 1023, 8192 })
        {
            Assert.Equal(bytes, Decode(text, piece, out var damaged));
            Assert.False(damaged);
        }
    }

    [Theory]
    [InlineData("AAAA!AAA", 3)]
    [InlineData("!!! not base64 !!!", 0)]
    [InlineData("AAAAA", 3)]
    [InlineData("A===", 0)]
    [InlineData("=", 0)]
    [InlineData("AA==AAAA", 0)]
    [InlineData("AAAA\u0000", 3)]
    public void Decode_WhatIsNoBase64_IsDamagedBehindWhatIs(string text, int length)
    {
        foreach (var piece in new[] { 1, 2, 100 })
        {
            var decoded = Decode(text, piece, out var damaged);
            Assert.True(damaged);
            Assert.True(decoded.Length >= length && decoded.Length <= length + 1, $"{decoded.Length} bytes were made.");
        }
    }

    [Fact]
    public void DecodePlain_TextWithItsEnd_StopsBeforeTheEnd()
    {
        var decoder = new Base64Stream();
        var destination = new byte[100];

        var made = decoder.DecodePlain("AAAABBBBCC\"}\n"u8, destination, out var read);

        Assert.Equal((8, 6), (read, made));
    }

    [Fact]
    public void DecodePlain_LineFeedInside_IsLeftToTheScanner()
    {
        var made = new Base64Stream().DecodePlain("AAAA\nAAAAAAA"u8, new byte[100], out var read);

        Assert.Equal((0, 0), (read, made));
    }

    private static byte[] Decode(string text, int pieceLength, out bool damaged)
    {
        var decoder = new Base64Stream();
        var all = new MemoryStream();
        foreach (var piece in Encoding.Latin1.GetBytes(text).Chunk(pieceLength))
        {
            var made = new byte[Base64Stream.MostBytes(piece.Length)];
            all.Write(made, 0, decoder.Decode(piece, made));
        }

        var rest = new byte[2];
        all.Write(rest, 0, decoder.Finish(rest));
        damaged = decoder.IsDamaged;
        return all.ToArray();
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
