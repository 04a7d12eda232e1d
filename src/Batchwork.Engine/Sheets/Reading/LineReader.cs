using System.Text;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Reads lines of bounded length: <see cref="TextReader.ReadLine"/> would take a file without line ends into memory whole.</summary>
/// <param name="text">The text.</param>
internal sealed class LineReader(TextReader text)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _length;
    private int _next;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Whether that line was longer than a line may be; its end was left out.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads a line that ends in any of the three ways, or in none.</summary>
    /// <returns>The line without its end; <see langword="null"/> at the end of the text.</returns>
    public string? Read()
    {
        if (!Fill())
        {
            return null;
        }

        Number++;
        IsTooLong = false;
        _line.Clear();
        while (Fill())
        {
            var rest = _buffer.AsSpan(_next, _length - _next);
            var end = rest.IndexOfAny('\n', '\r');
            Append(end < 0 ? rest : rest[..end]);
            _next += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                if (rest[end] == '\r' && Fill() && _buffer[_next] == '\n')
                {
                    _next++;
                }

                break;
            }
        }

        return _line.ToString();
    }

    private void Append(ReadOnlySpan<char> part)
    {
        var room = SheetLimits.CellLength - _line.Length;
        IsTooLong |= part.Length > room;
        _line.Append(part[..Math.Min(part.Length, room)]);
    }

    private bool Fill()
    {
        if (_next == _length)
        {
            _length = text.Read(_buffer, 0, _buffer.Length);
            _next = 0;
        }

        return _length > 0;
    }
}
