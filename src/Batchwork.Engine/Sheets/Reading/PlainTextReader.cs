namespace Batchwork.Engine.Sheets.Reading;

/// <summary>One prompt a line.</summary>
/// <param name="text">The text.</param>
internal sealed class PlainTextReader(TextReader text) : RowReader
{
    public override IReadOnlyList<SheetColumn> Columns { get; } = [new("prompt", SheetFields.Prompt)];

    public override IEnumerable<ReadRow> Rows()
    {
        var lines = new LineReader(text);
        while (lines.Read() is { } line)
        {
            if (lines.IsTooLong)
            {
                throw new SheetFaultException(lines.Number, $"Line {lines.Number} is longer than 1 MiB. A plain text sheet has one prompt on each line.");
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new ReadRow(
                    lines.Number,
                    new Dictionary<string, string>(StringComparer.Ordinal) { [SheetFields.Prompt] = Clean(line.Trim(), lines.Number) },
                    null,
                    null);
            }
        }
    }
}
