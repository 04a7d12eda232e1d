using System.Globalization;
using Batchwork.Engine.Sheets.Columns;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Rows of a file with separated values and a header row.</summary>
/// <param name="text">The file's text.</param>
/// <param name="layout">What the first lines told.</param>
internal sealed class SeparatedReader(TextReader text, SheetLayout layout) : RowReader
{
    private readonly RowNumbers _blank = new();
    private readonly RowNumbers _sizes = new();
    private IReadOnlyList<SheetColumn> _columns = [];
    private List<int> _strayQuotes = [];

    public override IReadOnlyList<SheetColumn> Columns => _columns;

    public override IEnumerable<ReadRow> Rows()
    {
        if (layout.HasSeparatorLine)
        {
            // Spreadsheet programs take this line as an instruction and do not count it.
            text.ReadLine();
        }

        var parser = new SeparatedParser(text, layout.Delimiter);
        _strayQuotes = parser.StrayQuotes;
        var cells = new List<string>();
        if (!ReadHeader(parser, cells))
        {
            yield break;
        }

        while (Read(parser, cells))
        {
            if (cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                // An empty line at the end, or what is left of a row whose cells were cleared.
                if (cells.Count > 1)
                {
                    _blank.Add(parser.Row);
                }

                continue;
            }

            yield return ToRow(cells, parser.Row);
        }
    }

    public override IEnumerable<string> Notices()
    {
        if (layout.Delimiter is not (',' or '\t'))
        {
            yield return $"Columns are separated by '{layout.Delimiter}'.";
        }

        foreach (var notice in ColumnMatcher.Notices(_columns).Concat(base.Notices()))
        {
            yield return notice;
        }

        var stray = new RowNumbers();
        _strayQuotes.ForEach(stray.Add);
        if (stray.Count > 0)
        {
            yield return $"Quotes inside a cell were taken as they stand in {stray}.";
        }

        if (_sizes.Count > 0)
        {
            yield return $"Sizes are read with a plain x, for example 1024×1024 as 1024x1024, in {_sizes}.";
        }

        if (_blank.Count > 0)
        {
            yield return $"Left out because all cells are empty: {_blank}.";
        }
    }

    private bool ReadHeader(SeparatedParser parser, List<string> cells)
    {
        while (Read(parser, cells))
        {
            if (!cells.TrueForAll(string.IsNullOrWhiteSpace))
            {
                while (string.IsNullOrWhiteSpace(cells[^1]))
                {
                    cells.RemoveAt(cells.Count - 1);
                }

                _columns = ColumnMatcher.Match(cells, parser.Row);
                return true;
            }
        }

        return false;
    }

    private bool Read(SeparatedParser parser, List<string> cells)
    {
        try
        {
            return parser.Read(cells);
        }
        catch (UnclosedQuoteException e)
        {
            throw new SheetFaultException([e.ToFault(_columns)]);
        }
    }

    private ReadRow ToRow(List<string> texts, int number)
    {
        var cells = new Dictionary<string, string>(texts.Count, StringComparer.Ordinal);
        Dictionary<string, string>? extra = null;
        for (var i = 0; i < Math.Min(texts.Count, _columns.Count); i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]))
            {
                continue;
            }

            var value = Clean(texts[i], number);
            if (_columns[i].Field is { } field)
            {
                cells[field] = value;
                NoteSize(field, value, number);
            }
            else
            {
                (extra ??= new(StringComparer.Ordinal))[_columns[i].Header] = value;
            }
        }

        return new ReadRow(number, cells, extra, TooLong(texts));
    }

    private void NoteSize(string field, string value, int number)
    {
        if (field == SheetFields.Size && value.AsSpan().IndexOfAny('×', 'X', '*') >= 0)
        {
            _sizes.Add(number);
        }
    }

    private RowProblem? TooLong(List<string> texts)
    {
        var rest = texts.Skip(_columns.Count).Select(t => t.Trim()).Where(t => t.Length > 0).ToList();
        return rest.Count == 0 ? null : new RowProblem(
            RowCheck.Error,
            "too-many-cells",
            null,
            null,
            string.Create(CultureInfo.InvariantCulture, $"The row has more cells than there are columns ({_columns.Count}). Left over: '{CellText.Cut(string.Join(layout.Delimiter, rest))}'. ")
                + "Put text that contains the separator in quotes, then check the row.",
            null);
    }
}
