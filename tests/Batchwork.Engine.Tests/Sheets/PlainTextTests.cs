using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Sheets;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("A red bicycle, leaning\n\n  A cat; sleeping  \r\nLast", "prompts.txt")]
    [InlineData("A red bicycle, leaning\n\n  A cat; sleeping  \r\nLast", "no-extension")]
    public void Lines_OfProse_AreOnePromptEach(string text, string fileName)
    {
        var sheet = ReadSheet.Of(text, fileName);

        Assert.Equal(SheetFormat.PlainText, sheet.Format);
        Assert.Equal(["A red bicycle, leaning", "A cat; sleeping", "Last"], sheet.Prompts);
        Assert.Equal([1, 3, 4], sheet.Rows.Select(r => r.Number));
    }

    [Theory]
    [InlineData("text, in bold letters\nmore prose here\n")]
    [InlineData("{a cat|a dog} on a mat\n[photo] of a fox\n")]
    [InlineData("[photo] of a fox\n")]
    public void Lines_ThatLookALittleLikeATable_AreStillProse(string text) =>
        Assert.Equal(SheetFormat.PlainText, ReadSheet.Of(text, "prompts.txt").Format);

    [Fact]
    public void Table_NamedTxt_IsReadAsTable() =>
        Assert.Equal(SheetFormat.Separated, ReadSheet.Of("prompt;size\nA cat;1024x1024\n", "prompts.txt").Format);

    [Fact]
    public void OneColumn_NamedCsvWithoutHeader_IsPlainText() =>
        Assert.Equal(["A cat", "A dog"], ReadSheet.Of("A cat\nA dog\n", "prompts.csv").Prompts);

    [Fact]
    public void Pasted_CommasAndQuotes_AreOnePromptALine() =>
        Assert.Equal(["prompt, size", "\"A cat\""], ReadSheet.Of("prompt, size\n\"A cat\"", "", isPasted: true).Prompts);

    [Fact]
    public void Pasted_CellsWithHeader_AreATable() =>
        Assert.Equal(SheetFields.Size, ReadSheet.Of("prompt\tsize\nA cat\t1024x1024", "", isPasted: true).Columns[1].Field);

    [Fact]
    public void Line_WithoutEnd_IsRefused() =>
        Assert.StartsWith("Line 1 is longer than 1 MiB", Assert.Single(ReadSheet.Faults(new string('x', 1_200_000), "x.txt")), StringComparison.Ordinal);
}
