using System.Text;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Sheets.Reading;

namespace Batchwork.Engine.Tests.Sheets;

/// <summary>What a file reads as.</summary>
internal sealed record ReadSheet(SheetFormat Format, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<ReadRow> Rows, IReadOnlyList<string> Notices)
{
    public static ReadSheet Of(string text, string fileName = "sheet.csv", bool isPasted = false) => Of(Encoding.UTF8.GetBytes(text), fileName, isPasted);

    public static ReadSheet Of(byte[] bytes, string fileName = "sheet.csv", bool isPasted = false)
    {
        using var stream = new MemoryStream(bytes);
        var file = SheetFile.Recognise(stream, fileName, isPasted);
        var reader = file.Open();
        var rows = reader.Rows().ToList();
        return new ReadSheet(file.Format, reader.Columns, rows, file.Notices(reader));
    }

    /// <summary>Why a file is refused.</summary>
    public static IReadOnlyList<string> Faults(string text, string fileName = "sheet.csv", int maxRows = 50_000) =>
        Faults(Encoding.UTF8.GetBytes(text), fileName, maxRows);

    public static IReadOnlyList<string> Faults(byte[] bytes, string fileName = "sheet.csv", int maxRows = 50_000)
    {
        using var stream = new MemoryStream(bytes);
        var fault = Assert.Throws<SheetFaultException>(() => SheetSurvey.Of(SheetFile.Recognise(stream, fileName), maxRows, CancellationToken.None));
        return [.. fault.Faults.Select(f => f.Message)];
    }

    public IEnumerable<string?> Prompts => Rows.Select(r => r.Cells.GetValueOrDefault(SheetFields.Prompt));
}
