using System.Text;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Sheets;

public sealed class SeparatedTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("prompt,size\n")]
    [InlineData("prompt,size\n\n,,\n")]
    public void Rows_NoneInFile_IsRefused(string text) => Assert.Equal(["The file has no rows."], ReadSheet.Faults(text));

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Delimiter_AnyOfFour_IsDetected(string delimiter)
    {
        var sheet = ReadSheet.Of($"id{delimiter}prompt{delimiter}n\na{delimiter}A cat{delimiter}2\n");

        Assert.Equal([SheetFields.CustomId, SheetFields.Prompt, SheetFields.N], sheet.Columns.Select(c => c.Field));
        Assert.Equal("A cat", Assert.Single(sheet.Prompts));
    }

    [Fact]
    public void Delimiter_NamedInFirstLine_IsUsedAndNotCounted()
    {
        var sheet = ReadSheet.Of("sep=;\nprompt;note\nA cat, sitting;x\n");

        Assert.Equal(("A cat, sitting", 2), (sheet.Prompts.Single(), sheet.Rows[0].Number));
        Assert.Contains(sheet.Notices, n => n.Contains("';'", StringComparison.Ordinal));
    }

    [Fact]
    public void Quotes_NewlinesAndDoubledQuotes_AreKept()
    {
        var sheet = ReadSheet.Of("prompt,n\n\"two\nlines, and \"\"quotes\"\"\",1\nnext,1\n");

        Assert.Equal(["two\nlines, and \"quotes\"", "next"], sheet.Prompts);
        Assert.Equal([2, 3], sheet.Rows.Select(r => r.Number));
    }

    [Fact]
    public void Quotes_NeverClosed_NamesTheRowThatOpenedThem()
    {
        var text = new StringBuilder("id,prompt\n1,fine\n2,\"never closed\n");
        for (var i = 3; i < 2_000; i++)
        {
            text.Append(i).Append(",a plain prompt\n");
        }

        Assert.StartsWith("The quote opened in row 3, column prompt, is never closed.", Assert.Single(ReadSheet.Faults(text.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_NeverClosedBeforeOtherQuotedRows_NamesTheRowThatOpenedThem()
    {
        var faults = ReadSheet.Faults("id,prompt\n1,\"lost\n2,\"a quoted, prompt\"\n3,\"another\"\n");

        Assert.StartsWith("The quote opened in row 2, column prompt, is never closed.", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_InsideACell_AreLiteralWithANotice()
    {
        var sheet = ReadSheet.Of("prompt,n\na\"b\"c,1\n\"quoted\" then not,1\n");

        Assert.Equal(["a\"b\"c", "\"quoted\" then not"], sheet.Prompts);
        Assert.Contains(sheet.Notices, n => n.Contains("2 rows (2, 3)", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_FewerThanColumns_AreBlank() => Assert.False(ReadSheet.Of("prompt,size,n\nA cat\n").Rows[0].Cells.ContainsKey(SheetFields.Size));

    [Fact]
    public void Cells_MoreThanColumns_AreAProblemWithTheRest()
    {
        var row = ReadSheet.Of("prompt,n\nA cat, sitting, 1\n").Rows[0];

        Assert.Equal("too-many-cells", row.Problem!.Code);
        Assert.Contains("'1'", row.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prompt,n\rA,1\rB,2")]
    [InlineData("prompt,n\r\nA,1\nB,2\r\n\r\n\r\n")]
    [InlineData("prompt,n\nA,1\n\nB,2\n,\n")]
    public void Newlines_AnyForm_AreRead(string text) => Assert.Equal(["A", "B"], ReadSheet.Of(text).Prompts);

    [Fact]
    public void Rows_AfterBlankLines_HaveTheNumbersOfASpreadsheet() =>
        Assert.Equal([2, 5], ReadSheet.Of("prompt,n\nA,1\n\n,\nB,2\n").Rows.Select(r => r.Number));

    [Theory]
    [InlineData("Prompt,size,prompt \na,b,c\n", "Column 'Prompt' appears twice (A and C).")]
    [InlineData("prompt,size,text\na,b,c\n", "Columns 'prompt' (A) and 'text' (C) both mean 'prompt'.")]
    [InlineData("prompt,SKU,sku\na,b,c\n", "Column 'SKU' appears twice (B and C).")]
    public void Headers_Doubled_AreRefusedByName(string text, string message) =>
        Assert.StartsWith(message, Assert.Single(ReadSheet.Faults(text)), StringComparison.Ordinal);

    [Fact]
    public void Headers_MistypedPrompt_SuggestsIt() =>
        Assert.StartsWith("Unknown column 'promt' — did you mean 'prompt'?", Assert.Single(ReadSheet.Faults("promt,size\na,b\n")), StringComparison.Ordinal);

    [Fact]
    public void Headers_MistypedOther_IsKeptWithANotice()
    {
        var sheet = ReadSheet.Of("prompt,qualty,sku\na,high,7\n");

        Assert.Equal("high", sheet.Rows[0].Extra!["qualty"]);
        Assert.Contains(sheet.Notices, n => n.StartsWith("Unknown column 'qualty' — did you mean 'quality'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Custom ID", SheetFields.CustomId)]
    [InlineData("customId", SheetFields.CustomId)]
    [InlineData("Aspect Ratio", SheetFields.AspectRatio)]
    [InlineData("output_format", SheetFields.Format)]
    [InlineData("COUNT", SheetFields.N)]
    [InlineData("openai.background", "option:background")]
    [InlineData("option: output_compression", "option:outputCompression")]
    [InlineData("openai.quality", SheetFields.Quality)]
    public void Headers_Alias_FillsTheField(string header, string field) =>
        Assert.Equal(field, ReadSheet.Of($"prompt,{header}\na,1\n").Columns[1].Field);

    [Fact]
    public void Headers_TooMany_AreRefused()
    {
        var header = "prompt," + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"c{i}"));

        Assert.Contains("at most 200", Assert.Single(ReadSheet.Faults(header + "\na\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_TooLong_AreRefused() =>
        Assert.Contains("column B is longer than 200", Assert.Single(ReadSheet.Faults($"prompt,{new string('x', 10_000)}\na,b\n")), StringComparison.Ordinal);

    [Fact]
    public void Headers_NoneInATable_IsRefusedWithTheFirstRow() =>
        Assert.Contains("'A red bicycle,1024x1024'", Assert.Single(ReadSheet.Faults("A red bicycle,1024x1024\nA cat,1024x1024\n")), StringComparison.Ordinal);

    [Fact]
    public void Cell_LongerThanAMebibyte_IsRefusedWithItsPlace() =>
        Assert.StartsWith("Row 2, column B: the cell is longer than 1 MiB.", Assert.Single(ReadSheet.Faults($"n,prompt\n1,{new string('x', 1_100_000)}\n")), StringComparison.Ordinal);

    [Fact]
    public void Rows_OverTheLimit_AreRefusedBeforeTheEndIsRead()
    {
        using var endless = new EndlessSheet(rows: 1_000_000);

        var fault = Assert.Throws<SheetFaultException>(() => SheetSurvey.Of(Engine.Sheets.Reading.SheetFile.Recognise(endless, "big.csv"), 50_000, CancellationToken.None));

        Assert.StartsWith("The file has more than 50,000 rows;", fault.Faults[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@home")]
    [InlineData("-dash")]
    [InlineData("👩‍👩‍👧 e\u0301 שלום")]
    public void Prompt_UnusualText_StaysExactlyAsItIs(string prompt) => Assert.Equal(prompt, ReadSheet.Of($"prompt,n\n{prompt},1\n").Prompts.Single());

    [Fact]
    public void Cells_ControlCharacters_AreTakenOutWithANotice()
    {
        var sheet = ReadSheet.Of("prompt,n\na\u0007b\u2028c,1\n");

        Assert.Equal("ab\nc", sheet.Prompts.Single());
        Assert.Contains(sheet.Notices, n => n.StartsWith("Control characters were taken out of row 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_Nul_IsUnreadable() => Assert.Equal("a\uFFFDb", ReadSheet.Of("prompt,n\na\0b,1\n" + new string(' ', 400)).Prompts.Single());

    [Fact]
    public void Sizes_WithTimesSign_AreNoticed() =>
        Assert.Contains(ReadSheet.Of("prompt,size\na,1024×1024\nb,1024X1024\n").Notices, n => n.Contains("2 rows (2, 3)", StringComparison.Ordinal));
}
