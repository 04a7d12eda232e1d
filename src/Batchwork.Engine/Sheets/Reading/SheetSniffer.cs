using Batchwork.Engine.Sheets.Columns;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Recognises the layout of a text by what stands in it. The file's name only decides where the text leaves it open.</summary>
internal static class SheetSniffer
{
    private static readonly char[] s_delimiters = [',', ';', '\t', '|'];
    private static readonly string[] s_separatedEndings = [".csv", ".tsv", ".tab"];

    /// <summary>Recognises a file.</summary>
    /// <param name="head">The beginning of its text.</param>
    /// <param name="fileName">Its name.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="SheetFaultException">It is a table without a header row, or one JSON document.</exception>
    public static SheetLayout Recognise(string head, string fileName)
    {
        var start = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return Json(start, fileName) ?? Separated(head, fileName, s_delimiters) ?? WithoutHeader(head, fileName);
    }

    /// <summary>Recognises what was pasted: prompts, or cells with a header row, which arrive with tabs.</summary>
    /// <param name="text">The pasted text.</param>
    /// <returns>The layout.</returns>
    public static SheetLayout RecognisePasted(string text) =>
        Separated(text, "", ['\t']) ?? new SheetLayout(SheetFormat.PlainText);

    private static SheetLayout? Json(string start, string fileName)
    {
        if (start.StartsWith('['))
        {
            return start[1..].TrimStart() is ['{', ..] ? new SheetLayout(SheetFormat.JsonLines, IsArray: true) : null;
        }

        if (start is not ['{', ..] || start[1..].TrimStart() is not ['"' or '\'' or '}', ..])
        {
            return null;
        }

        var line = FirstLine(start);
        if (line.Trim() == "{" && !fileName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
        {
            throw new SheetFaultException(1, "The file is one JSON document over several lines. Write each row as one JSON object on a line of its own (JSONL).");
        }

        return new SheetLayout(SheetFormat.JsonLines);
    }

    private static SheetLayout? Separated(string head, string fileName, char[] delimiters)
    {
        var text = head.TrimStart('\uFEFF');
        var line = FirstLine(text);
        if (line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return new SheetLayout(SheetFormat.Separated, line[4], HasSeparatorLine: true);
        }

        if (line.Trim().Equals("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // sep= and a tab, whose end an editor has trimmed.
            return new SheetLayout(SheetFormat.Separated, '\t', HasSeparatorLine: true);
        }

        var best = delimiters
            .Select(delimiter => (Delimiter: delimiter, Headers: FirstRecord(text, delimiter)))
            .OrderByDescending(c => c.Headers.Count(h => ColumnNames.FieldOf(h) is not null))
            .ThenByDescending(c => c.Headers.Count)
            .First();
        return IsHeader(best.Headers, IsNamedSeparated(fileName)) ? new SheetLayout(SheetFormat.Separated, best.Delimiter) : null;
    }

    /// <summary>One known name makes a header where the file says that it is a table; prose needs more to be taken for one.</summary>
    private static bool IsHeader(List<string> headers, bool isNamedSeparated)
    {
        var known = headers.Count(h => ColumnNames.FieldOf(h) is not null);
        if (isNamedSeparated)
        {
            return known > 0 || headers.Exists(h => ColumnNames.NearestTo(h) is not null);
        }

        var hasPrompt = headers.Exists(h => ColumnNames.Normalise(h) is "prompt" or "prompts");
        return headers.TrueForAll(h => h.Length <= 40) && known > 0 && (hasPrompt || known * 2 > headers.Count);
    }

    private static SheetLayout WithoutHeader(string head, string fileName)
    {
        var lines = head.Split('\n').Take(20).SkipLast(head.Length > 60_000 ? 1 : 0);
        if (IsNamedSeparated(fileName) && lines.Any(l => l.AsSpan().IndexOfAny(s_delimiters) >= 0))
        {
            var first = CellText.Cut(FirstLine(head.TrimStart()), 60);
            throw new SheetFaultException(1, $"The first row has none of the names we know, so it cannot be told which column holds the prompts: '{first}'. Put a header row above it, for example: prompt,size,quality");
        }

        return new SheetLayout(SheetFormat.PlainText);
    }

    private static bool IsNamedSeparated(string fileName) =>
        s_separatedEndings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static List<string> FirstRecord(string text, char delimiter)
    {
        var cells = new List<string>();
        var parser = new SeparatedParser(new StringReader(text), delimiter);
        try
        {
            while (parser.Read(cells) && cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
            }
        }
        catch (Exception e) when (e is UnclosedQuoteException or SheetFaultException)
        {
            return [];
        }

        return cells;
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        return end < 0 ? text : text[..end];
    }
}
