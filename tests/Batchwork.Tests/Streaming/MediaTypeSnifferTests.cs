using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class MediaTypeSnifferTests
{
    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n....", "image/png")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ", "image/webp")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WAVE", null)]
    [InlineData("GIF89a", "image/gif")]
    [InlineData("\0\0\0\u001cftypavif", "image/avif")]
    [InlineData("\0\0\0\u001cftypheic", "image/heic")]
    [InlineData("<svg xmlns='x'>", "image/svg+xml")]
    [InlineData("<?xml version='1.0'?><!-- x --><svg>", "image/svg+xml")]
    [InlineData("<?xml version='1.0'?><feed>", "text/xml")]
    [InlineData("  \n<!DOCTYPE HTML><html>", "text/html")]
    [InlineData("\u00ef\u00bb\u00bf<html>", "text/html")]
    [InlineData("<HEAD>", "text/html")]
    [InlineData("{ \"error\": 1 }", "application/json")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("PNG", null)]
    [InlineData("", null)]
    public void Tell_FirstBytes_TellTheType(string start, string? mediaType)
    {
        var bytes = Encoding.Latin1.GetBytes(start);
        var whole = new MediaTypeSniffer();
        whole.Take(bytes);
        var inPieces = new MediaTypeSniffer();
        foreach (var one in bytes)
        {
            inPieces.Take([one]);
        }

        Assert.Equal(mediaType, whole.Tell());
        Assert.Equal(mediaType, inPieces.Tell());
    }

    [Fact]
    public void Tell_LongFile_LooksAtItsStartOnly()
    {
        var sniffer = new MediaTypeSniffer();
        sniffer.Take(new byte[10_000]);
        sniffer.Take("GIF89a"u8);

        Assert.Null(sniffer.Tell());
    }
}
