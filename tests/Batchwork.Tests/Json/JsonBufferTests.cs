using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork.Tests.Json;

public sealed class JsonBufferTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ slash / tab \t line \n return \r bell \u0007 null \u0000 delete \u007f")]
    [InlineData("line\u2028para\u2029next\u0085bom\ufeff")]
    [InlineData("猫 éñ Ⅱ \ud83d\udebf \ud83d\udc68\u200d\ud83d\udc69")]
    public void Text_AnyText_IsReadBackTheSame(string text) => Assert.Equal(text, JsonSerializer.Deserialize<string>(Write(b => b.Text(text))));

    [Fact]
    public void Text_OutsideOfAscii_StaysAsItIs() => Assert.Equal("\"猫 \ud83d\udebf <&>'+/\"", Write(b => b.Text("猫 \ud83d\udebf <&>'+/")));

    [Fact]
    public void Text_LineEndsOfUnicode_AreEscaped() => Assert.Equal("\"\\u2028\\u2029\\u0085\"", Write(b => b.Text("\u2028\u2029\u0085")));

    [Fact]
    public void Text_LongerThanASlice_IsNotCutInACharacter()
    {
        // Every offset of a pair relative to the slices' ends.
        for (var lead = 0; lead < 3; lead++)
        {
            var text = new string('x', lead) + string.Concat(Enumerable.Repeat("\ud83d\udebf", 20_000));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(Write(b => b.Text(text))));
        }
    }

    [Theory]
    [InlineData("""{"a":[1,2.5,"é\"",null,true],"b":{}}""")]
    [InlineData("12345678901234567890")]
    [InlineData("\"text\"")]
    public void Node_AnyJson_IsReadBackTheSame(string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(Write(b => b.Node(JsonNode.Parse(json)!)))));

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Number_AnyWholeNumber_IsReadBackTheSame(long number) => Assert.Equal(number, long.Parse(Write(b => b.Number(number)), System.Globalization.CultureInfo.InvariantCulture));

    private static string Write(Action<JsonBuffer> write)
    {
        var buffer = new JsonBuffer();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }
}
