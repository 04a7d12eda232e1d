using System.Text;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>
/// Reads separated values record by record in bounded memory. Our own, because a person must be told where a quote was opened that is never
/// closed, which row is too long, and each row's number as spreadsheet programs count it: the CSV libraries tell none of these.
/// </summary>
internal sealed class SeparatedParser(TextReader text, char delimiter)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _cell = new();
    private int _length;
    private int _next;

    /// <summary>Number of the record that was read last, from 1, blank ones counted: the row number of a spreadsheet program.</summary>
    public int Row { get; private set; }

    /// <summary>Rows in which a quote stands where none belongs, for example <c>a"b"c</c>; taken literally.</summary>
    public List<int> StrayQuotes { get; } = [];

    /// <summary>Reads the next record.</summary>
    /// <param name="cells">Receives its cells; a blank line has one empty cell.</param>
    /// <returns><see langword="false"/> at the end of the text.</returns>
    /// <exception cref="UnclosedQuoteException">A quote is never closed.</exception>
    /// <exception cref="SheetFaultException">A cell is too long.</exception>
    public bool Read(List<string> cells)
    {
        cells.Clear();
        if (Peek() < 0)
        {
            return false;
        }

        Row++;
        while (true)
        {
            cells.Add(ReadCell(cells.Count));
            var end = Take();
            if (end != delimiter)
            {
                if (end == '\r' && Peek() == '\n')
                {
                    Take();
                }

                return true;
            }

            if (cells.Count > SheetLimits.Columns * 2)
            {
                // A row with thousands of cells is not a sheet; the header's own check names the bound.
                SkipLine();
                return true;
            }
        }
    }

    /// <summary>Reads a cell up to, not including, what ends it.</summary>
    private string ReadCell(int column)
    {
        _cell.Clear();
        while (Peek() == ' ' && delimiter != ' ')
        {
            _cell.Append((char)Take());
        }

        if (Peek() == '"')
        {
            Take();
            _cell.Clear();
            ReadQuoted(column);
        }

        var quotes = false;
        while (!IsEnd(Peek()))
        {
            var c = (char)Take();
            quotes |= c == '"';
            Append(c, column);
        }

        if (quotes)
        {
            NoteStrayQuote();
        }

        return _cell.ToString();
    }

    private void ReadQuoted(int column)
    {
        var lines = 0;
        while (true)
        {
            var c = Take();
            if (c == '"' && Peek() == '"')
            {
                Take();
                Append('"', column, lines);
            }
            else if (c == '"')
            {
                Close(column, lines);
                return;
            }
            else if (c < 0)
            {
                throw NeverClosed(column, " The file ends inside it.");
            }
            else
            {
                lines += c is '\n' or '\r' ? 1 : 0;
                Append((char)c, column, lines);
            }
        }
    }

    /// <summary>After a closing quote only the cell's end may come. Text there means a literal quote on one line, and a lost quote over several.</summary>
    private void Close(int column, int lines)
    {
        var spaces = 0;
        while (Peek() == ' ')
        {
            Take();
            spaces++;
        }

        if (IsEnd(Peek()))
        {
            return;
        }

        if (lines > 0)
        {
            throw NeverClosed(column, $" It runs on over {lines} lines until another quote.");
        }

        _cell.Insert(0, '"').Append('"').Append(' ', spaces).Append((char)Take());
        NoteStrayQuote();
    }

    private void NoteStrayQuote()
    {
        if (StrayQuotes.Count == 0 || StrayQuotes[^1] != Row)
        {
            StrayQuotes.Add(Row);
        }
    }

    private void Append(char c, int column, int lines = 0)
    {
        if (_cell.Length >= SheetLimits.CellLength)
        {
            throw lines > 0
                ? (Exception)NeverClosed(column, " More than a million characters follow it.")
                : new SheetFaultException(Row, $"Row {Row}, column {Columns.ColumnMatcher.Letter(column)}: the cell is longer than 1 MiB. Shorten it, or check that the separator is right.");
        }

        _cell.Append(c);
    }

    private UnclosedQuoteException NeverClosed(int column, string detail) => new(Row, column, detail);

    private bool IsEnd(int c) => c < 0 || c == delimiter || c is '\n' or '\r';

    private void SkipLine()
    {
        while (Peek() is not (< 0 or '\n' or '\r'))
        {
            Take();
        }

        if (Take() == '\r' && Peek() == '\n')
        {
            Take();
        }
    }

    private int Peek()
    {
        if (_next == _length)
        {
            _length = text.Read(_buffer, 0, _buffer.Length);
            _next = 0;
        }

        return _length == 0 ? -1 : _buffer[_next];
    }

    private int Take()
    {
        var c = Peek();
        _next += c < 0 ? 0 : 1;
        return c;
    }
}
