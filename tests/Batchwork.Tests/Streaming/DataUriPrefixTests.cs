using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class DataUriPrefixTests
{
    [Theory]
    [InlineData("data:image/jpeg;base64,QUJD", "QUJD", "image/jpeg")]
    [InlineData("data:;base64,QUJD", "QUJD", null)]
    [InlineData("data:,QUJD", "QUJD", null)]
    [InlineData("QUJD", "QUJD", null)]
    [InlineData("dataQUJD", "dataQUJD", null)]
    [InlineData("dat", "dat", null)]
    [InlineData("", "", null)]
    public void Take_AnyCut_LeavesTheBase64(string text, string base64, string? mediaType)
    {
        for (var piece = 1; piece <= text.Length + 1; piece++)
        {
            var prefix = new DataUriPrefix();
            var left = new StringBuilder();
            for (var at = 0; at < text.Length; at += piece)
            {
                ReadOnlySpan<byte> next = Encoding.ASCII.GetBytes(text[at..Math.Min(text.Length, at + piece)]);
                if (prefix.IsOpen)
                {
                    next = next[prefix.Take(next, out var givenBack)..];
                    left.Append(Encoding.ASCII.GetString(givenBack));
                }

                left.Append(Encoding.ASCII.GetString(next));
            }

            left.Append(Encoding.ASCII.GetString(prefix.Rest()));
            Assert.Equal((base64, mediaType), (left.ToString(), prefix.MediaType));
        }
    }

    [Fact]
    public void Take_EndlessPrefix_IsGivenUp()
    {
        var prefix = new DataUriPrefix();

        var taken = prefix.Take(Encoding.ASCII.GetBytes("data:" + new string('x', 1000)), out var givenBack);

        Assert.Equal((128, 128, false), (taken, givenBack.Length, prefix.IsOpen));
    }
}
