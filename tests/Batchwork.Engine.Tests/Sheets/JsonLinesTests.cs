using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Sheets;

public sealed class JsonLinesTests
{
    [Fact]
    public void Lines_OwnNames_FillFields()
    {
        var sheet = ReadSheet.Of("\uFEFF{\"customId\":\"a\",\"Prompt\":\"A cat\",\"n\":2,\"aspectRatio\":\"16:9\",\"sku\":7,\"providerOptions\":{\"openai\":{\"quality\":\"high\"}}}\r\n\r\n{\"prompt\":\"B\",\"n\":\"3\"}", "x.csv");

        Assert.Equal(SheetFormat.JsonLines, sheet.Format);
        Assert.Equal(("a", "A cat", "2", "16:9"), (sheet.Rows[0].Cells["id"], sheet.Rows[0].Cells["prompt"], sheet.Rows[0].Cells["n"], sheet.Rows[0].Cells["aspect_ratio"]));
        Assert.Equal("7", sheet.Rows[0].Extra!["sku"]);
        Assert.Equal("{\"openai\":{\"quality\":\"high\"}}", sheet.Rows[0].Cells["options"]);
        Assert.Equal([1, 3], sheet.Rows.Select(r => r.Number));
    }

    [Fact]
    public void Lines_CopiedFromAnOpenAIBatch_AreRecognised()
    {
        var row = ReadSheet.Of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/images/generations\",\"body\":{\"model\":\"gpt-image-2\",\"prompt\":\"A cat\",\"output_format\":\"webp\",\"output_compression\":80}}", "x.jsonl").Rows[0];

        Assert.Equal(("a", "A cat", "webp", "80"), (row.Cells["id"], row.Cells["prompt"], row.Cells["format"], row.Cells["option:outputCompression"]));
        Assert.Equal("gpt-image-2", row.Extra!["model"]);
        Assert.Null(row.Problem);
    }

    [Fact]
    public void Lines_ForAnotherEndpoint_AreAProblem() =>
        Assert.Equal("not-an-image-request", ReadSheet.Of("{\"custom_id\":\"a\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"gpt-5\"}}", "x.jsonl").Rows[0].Problem!.Code);

    [Theory]
    [InlineData("[1]", "not-an-object")]
    [InlineData("12", "not-an-object")]
    [InlineData("null", "not-an-object")]
    [InlineData("{\"prompt\":\"a\",}", "not-json")]
    [InlineData("{\"prompt\":NaN}", "not-json")]
    [InlineData("{'prompt':'a'}", "not-json")]
    [InlineData("{\"prompt\":\"a\"} {\"prompt\":\"b\"}", "not-json")]
    [InlineData("{\"prompt\":\"a\",\"prompt\":\"b\"}", "not-json")]
    [InlineData("{\"prompt\":12}", "wrong-kind")]
    [InlineData("{\"prompt\":\"a\",\"customId\":\"1\",\"custom_id\":\"2\"}", "given-twice")]
    public void Line_Broken_IsAProblemOfThatLineOnly(string line, string code)
    {
        var rows = ReadSheet.Of($"{{\"prompt\":\"first\"}}\n{line}\n{{\"prompt\":\"third\"}}\n", "x.jsonl").Rows;

        Assert.Equal((3, code), (rows.Count, rows[1].Problem!.Code));
        Assert.Equal("third", rows[2].Cells["prompt"]);
    }

    [Fact]
    public void Line_Broken_NamesTheColumn() =>
        Assert.Contains("column 14", ReadSheet.Of("{\"prompt\":\"a\"}\n{\"prompt\": 1,}\n", "x.jsonl").Rows[1].Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public void Lines_AllBroken_AreRefusedWithAHundredOfThem()
    {
        var faults = ReadSheet.Faults(string.Join('\n', Enumerable.Repeat("{'prompt':'a'}", 250)), "x.jsonl");

        Assert.Equal(100, faults.Count);
        Assert.StartsWith("Line 100: ", faults[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Line_TooLong_IsAProblemAndTheNextIsRead()
    {
        var rows = ReadSheet.Of($"{{\"prompt\":\"{new string('x', 1_100_000)}\"}}\n{{\"prompt\":\"next\"}}", "x.jsonl").Rows;

        Assert.Equal("line-too-long", rows[0].Problem!.Code);
        Assert.Equal("next", rows[1].Cells["prompt"]);
    }

    [Fact]
    public void Line_NestedTooDeep_IsAProblem()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        Assert.Equal("not-json", ReadSheet.Of($"{{\"prompt\":\"a\"}}\n{{\"prompt\":\"b\",\"options\":{deep}}}", "x.jsonl").Rows[1].Problem!.Code);
    }

    [Fact]
    public void Text_LoneSurrogate_IsUnreadable() =>
        Assert.Contains(CellText.Unreadable, ReadSheet.Of("{\"prompt\":\"a\\ud800\"}", "x.jsonl").Prompts.Single()!);

    [Fact]
    public void Array_OfObjects_IsReadElementByElement()
    {
        var sheet = ReadSheet.Of("[\n  {\"prompt\": \"a, ]\\\"}\"},\n  {\"prompt\": \"b\"}\n]", "x.jsonl");

        Assert.Equal(["a, ]\"}", "b"], sheet.Prompts);
        Assert.Contains(sheet.Notices, n => n.StartsWith("Read as one JSON array", StringComparison.Ordinal));
    }

    [Fact]
    public void Array_CutOff_IsRefused() =>
        Assert.Contains("inside item 2", Assert.Single(ReadSheet.Faults("[{\"prompt\":\"a\"},{\"prompt\":\"b", "x.json")), StringComparison.Ordinal);

    [Fact]
    public void Document_OverSeveralLines_IsRefused() =>
        Assert.StartsWith("The file is one JSON document", Assert.Single(ReadSheet.Faults("{\n \"prompt\": \"a\"\n}", "x.json")), StringComparison.Ordinal);

    [Fact]
    public void Names_TooMany_AreRefused()
    {
        var line = "{\"prompt\":\"a\"," + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"x{i}\":1")) + "}";

        Assert.Contains("more than 200 different names", Assert.Single(ReadSheet.Faults(line, "x.jsonl")), StringComparison.Ordinal);
    }
}
