using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class ResultDocumentReaderTests
{
    private static readonly IReadOnlyList<ImageField> s_fields = [new ImageField("b64_json", null)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AnyCut_SeesTheSame()
    {
        var document = Encoding.UTF8.GetBytes(
            """
            {"before": {"results": 1, "list": [1, 2]},
             "results": [ {"id":"ä,]","data":[{"b64_json":"QU
            JD"}, {"b64_json":"data:image/png;base64,QUJD"}]},
              null , 3, "a,b\"]", [ ],
              {"results":[{"id":"inner"}],"x":{"b64_json":"QQ=="}}
             ], "pagination_token": "t/2 +=" }
            """);
        var (items, around) = await ReadAsync(document);
        Assert.Equal(6, items.Count);
        Assert.Equal("""{"id":"ä,]","data":[{"b64_json":"picture 0: 5 letters of base64"}, {"b64_json":"picture 1: 4 letters of base64"}]}""", items[0]);
        Assert.Equal(["null", "3", "\"a,b\\\"]\"", "[ ]"], items[1..5]);
        Assert.Equal("""{"results":[{"id":"inner"}],"x":{"b64_json":"picture 0: 4 letters of base64"}}""", items[5]);
        Assert.Equal("""{"before":{"results":1,"list":[1,2]},"results":[],"pagination_token":"t/2 +="}""", Compact(around!));

        for (var piece = 1; piece < 60; piece++)
        {
            var (again, aroundAgain) = await ReadAsync(document, piece);
            Assert.Equal(items, again);
            Assert.Equal(around, aroundAgain);
        }
    }

    [Theory]
    [InlineData("""{"results":[{"a":1},{"a":""")]
    [InlineData("""{"results":[{"a":1},""")]
    [InlineData("""{"results":[{"a":1}],"pagination""")]
    [InlineData("")]
    public async Task Read_DocumentCutOff_HasNothingAround(string document) =>
        Assert.Null((await ReadAsync(Encoding.UTF8.GetBytes(document))).Around);

    [Fact]
    public async Task Read_BrokenItem_IsOneBadItem()
    {
        var (items, around) = await ReadAsync("""{"results":[{"a":1},{"a":tru},{"b":2}]}"""u8.ToArray());

        Assert.Equal(["""{"a":1}""", "(not JSON)", """{"b":2}"""], items);
        Assert.NotNull(around);
    }

    [Theory]
    [InlineData("""{"results":{"a":1}}""")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{}""")]
    public async Task Read_NoItems_IsStillADocument(string document)
    {
        var (items, around) = await ReadAsync(Encoding.UTF8.GetBytes(document));

        Assert.Empty(items);
        Assert.Equal(document, around);
    }

    [Fact]
    public async Task Read_ReadingGivenUp_LeavesNothingBehind()
    {
        var sink = new CountingSink();
        var reader = new ResultDocumentReader(new MemorySource("""{"results":[{"data":{"b64_json":"QUJD"}},{"data":{"b64_json":"QUJD"""u8.ToArray(), 5), s_fields, ["results"], sink);
        await foreach (var item in reader.ReadAsync(Token))
        {
            await ResultImages.DropAsync(item.Images);
        }

        Assert.Null(reader.Around);
        Assert.Equal(0, sink.Alive);
    }

    private static async Task<(List<string> Items, string? Around)> ReadAsync(byte[] document, int piece = int.MaxValue)
    {
        var reader = new ResultDocumentReader(new MemorySource(document, piece), s_fields, ["results"], new TemporaryImageSink());
        var items = new List<string>();
        await foreach (var item in reader.ReadAsync(Token))
        {
            Assert.Equal(items.Count + 1, item.Number);
            items.Add(item.Json?.GetRawText() ?? "(not JSON)");
            foreach (var image in item.Images)
            {
                Assert.False(image.IsDamaged);
            }
        }

        return (items, reader.Around?.GetRawText());
    }

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
