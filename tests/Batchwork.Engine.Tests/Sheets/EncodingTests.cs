using System.Text;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Sheets;

public sealed class EncodingTests
{
    private const string Text = "prompt,n\nA café in Zürich,1\n";

    [Fact]
    public void Utf8WithMark_IsReadWithoutTheMark() => AssertRead([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]);

    [Fact]
    public void Utf16LittleEndianWithMark_IsRead() => AssertRead([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)]);

    [Fact]
    public void Utf16BigEndianWithMark_IsRead() => AssertRead([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)]);

    [Fact]
    public void Utf16WithoutMark_IsReadWithANotice()
    {
        Assert.Contains(AssertRead(Encoding.Unicode.GetBytes(Text)).Notices, n => n.Contains("UTF-16 (little endian)", StringComparison.Ordinal));
        Assert.Contains(AssertRead(Encoding.BigEndianUnicode.GetBytes(Text)).Notices, n => n.Contains("UTF-16 (big endian)", StringComparison.Ordinal));
    }

    [Fact]
    public void Windows1252_IsReadWithANotice() =>
        Assert.Contains(AssertRead(Encoding.Latin1.GetBytes(Text)).Notices, n => n.StartsWith("Read as Windows-1252", StringComparison.Ordinal));

    [Fact]
    public void Utf8WithABrokenRow_StaysUtf8AndMarksTheRow()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("prompt,n\nA café in Zürich,1\nbroken "), 0xC3, .. ",1\nthird é,1\n"u8];

        Assert.Equal(["A café in Zürich", "broken \uFFFD", "third é"], ReadSheet.Of(bytes).Prompts);
    }

    [Fact]
    public void Utf8SequenceAcrossBlocks_IsStillUtf8()
    {
        // The detection reads 64 KiB at a time; the é lies on the seam.
        var bytes = Encoding.UTF8.GetBytes("prompt,n\n" + new string('x', (64 * 1024) - 10) + "é,1\n");

        Assert.Empty(ReadSheet.Of(bytes).Notices);
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 1, 2, 3 }, "This is a workbook")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3 }, "This is an old Excel workbook, or one that is protected with a password")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 1 }, "This is a PDF")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 1 }, "This is a picture")]
    [InlineData(new byte[] { 0, 1, 2, 3, 0, 1, 2, 0 }, "This is not a text file")]
    public void OtherFiles_NamedCsv_AreRefusedForWhatTheyAre(byte[] bytes, string message) =>
        Assert.StartsWith(message, Assert.Single(ReadSheet.Faults(bytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<!DOCTYPE html><table>")]
    [InlineData("<html><table>")]
    public void WebPages_NamedCsv_AreRefused(string text) =>
        Assert.StartsWith("This is a web page", Assert.Single(ReadSheet.Faults(text)), StringComparison.Ordinal);

    private static ReadSheet AssertRead(byte[] bytes)
    {
        var sheet = ReadSheet.Of(bytes);
        Assert.Equal("prompt", sheet.Columns[0].Header);
        Assert.Equal("A café in Zürich", sheet.Rows[0].Cells[SheetFields.Prompt]);
        return sheet;
    }
}
