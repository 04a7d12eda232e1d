using System.Text.Json;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Rows of a file with one JSON object on each line, or with one array of objects.</summary>
/// <param name="text">The file's text.</param>
/// <param name="isArray">Whether the objects stand in one array.</param>
internal sealed class JsonLinesReader(TextReader text, bool isArray) : RowReader
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = SheetLimits.JsonDepth, AllowDuplicateProperties = false };
    private readonly JsonRow _row = new();

    public override IReadOnlyList<SheetColumn> Columns => _row.Columns;

    public override IEnumerable<ReadRow> Rows() => isArray ? ArrayRows() : LineRows();

    public override IEnumerable<string> Notices()
    {
        if (isArray)
        {
            yield return "Read as one JSON array; rows are numbered by their place in it.";
        }

        foreach (var notice in Sheets.Columns.ColumnMatcher.Notices(Columns).Concat(base.Notices()))
        {
            yield return notice;
        }
    }

    private IEnumerable<ReadRow> LineRows()
    {
        var lines = new LineReader(text);
        while (lines.Read() is { } line)
        {
            if (lines.IsTooLong)
            {
                yield return Broken(lines.Number, "line-too-long", "The line is longer than 1 MiB.");
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, lines.Number);
            }
        }
    }

    private IEnumerable<ReadRow> ArrayRows()
    {
        var elements = new JsonArrayElements(text);
        while (elements.Read() is { } element)
        {
            yield return Parse(element, elements.Number);
        }
    }

    private ReadRow Parse(string json, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? _row.Read(document.RootElement, number, Clean)
                : Broken(number, "not-an-object", "It must be an object: {\"prompt\": \"…\"}.");
        }
        catch (JsonException e)
        {
            return Broken(number, "not-json", Explain(json, e));
        }
    }

    /// <summary>The parser's own messages speak of reader options; a person needs the place.</summary>
    private static string Explain(string json, JsonException e)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SheetLimits.JsonDepth });
            return "A name is given twice. Remove one of the two.";
        }
        catch (JsonException)
        {
            return $"It is not valid JSON: look at column {(e.BytePositionInLine ?? 0) + 1}. Check quotes, commas and brackets; at most {SheetLimits.JsonDepth} levels are read.";
        }
    }

    private static ReadRow Broken(int number, string code, string message) =>
        new(number, new Dictionary<string, string>(), null, new RowProblem(RowCheck.Error, code, null, null, message, null));
}
