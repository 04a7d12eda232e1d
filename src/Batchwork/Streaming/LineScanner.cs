using System.Buffers;

namespace Batchwork.Streaming;

/// <summary>
/// Reads lines of JSON piece by piece, wherever the network cut them, and parts them into pictures (handed out as they pass) and the rest (kept, and
/// judged by a real JSON parser when the line has ended). So a line of any length costs a bounded amount of memory, and each byte is looked at once.
/// It knows just enough of JSON to see which texts are pictures; it forgives everything else. A single document with a list of results is read the same
/// way: each item of the list is a line, and what is around them another.
/// </summary>
/// <param name="fields">Which texts are pictures.</param>
/// <param name="lists">With these, the input is one document: the properties whose lists hold its items. Line feeds mean nothing there.</param>
internal sealed class LineScanner(IReadOnlyList<ImageField> fields, IReadOnlyList<string>? lists = null)
{
    private readonly ScannerPath _path = new(fields, lists ?? []);
    private readonly ImageEscapes _escapes = new();
    private readonly KeptLine _line = new();
    private readonly KeptLine _around = new();
    private readonly SearchValues<byte> _textEnds = SearchValues.Create(lists is null ? "\"\\\n"u8 : "\"\\"u8);
    private State _state = State.Structure;

    private enum State
    {
        Structure,
        Text,
        TextEscape,
        Image,
        ImageEscape,
    }

    /// <summary>What is kept of the current line or item, or of what is around the items. The reader puts something in place of each picture.</summary>
    public KeptLine Line => lists is null || _path.IsInList ? _line : _around;

    /// <summary>The line, or item, that has just ended.</summary>
    public KeptLine Ended => _line;

    /// <summary>What is around the items of a document.</summary>
    public KeptLine Around => _around;

    /// <summary>Whether this is inside of a document's list of items.</summary>
    public bool IsInList => _path.IsInList;

    /// <summary>How many lists of items have begun.</summary>
    public int ListNumber => _path.ListNumber;

    /// <summary>Whether the next byte belongs to a picture's text, or ends it.</summary>
    public bool IsInImage => _state == State.Image;

    /// <summary>Whether any byte of the current line was read.</summary>
    public bool HasInput { get; private set; }

    /// <summary>Goes on with the next line.</summary>
    public void NextLine()
    {
        _line.Clear();
        _state = State.Structure;
        HasInput = false;
        if (lists is null)
        {
            _path.Clear();
        }
    }

    /// <summary>Goes on to the next event.</summary>
    /// <param name="input">What was read and not used yet.</param>
    /// <param name="used">How much of it was used.</param>
    /// <param name="image">With <see cref="ScanEvent.ImageText"/>, a piece of base64 from <paramref name="input"/>.</param>
    public ScanEvent Read(ReadOnlySpan<byte> input, out int used, out ReadOnlySpan<byte> image)
    {
        used = 0;
        image = default;
        HasInput |= !input.IsEmpty;
        while (used < input.Length)
        {
            var rest = input[used..];
            switch (_state)
            {
                case State.Structure:
                    if (ReadStructure(rest, ref used))
                    {
                        return ScanEvent.LineEnd;
                    }

                    break;
                case State.Text:
                    if (ReadText(rest, ref used))
                    {
                        return ScanEvent.LineEnd;
                    }

                    break;
                case State.TextEscape:
                    // The escaped character is kept unseen, so that an escaped quote ends nothing.
                    Line.AddText(rest[..1]);
                    _path.KeyIsEscaped();
                    _state = State.Text;
                    used++;
                    break;
                case State.Image:
                    if (ReadImage(rest, ref used, out var length) is { } met)
                    {
                        image = rest[..length];
                        return met;
                    }

                    break;
                case State.ImageEscape:
                    if (_escapes.Read(rest[0], out image))
                    {
                        _state = State.Image;
                    }

                    used++;
                    if (!image.IsEmpty)
                    {
                        return ScanEvent.ImageText;
                    }

                    break;
            }
        }

        return ScanEvent.NeedsInput;
    }

    /// <summary>Says that nothing more will come.</summary>
    /// <returns><see cref="ScanEvent.ImageTorn"/> when a picture was under way.</returns>
    public ScanEvent End()
    {
        var torn = _state is State.Image or State.ImageEscape;
        _state = State.Structure;
        return torn ? ScanEvent.ImageTorn : ScanEvent.LineEnd;
    }

    // True at the end of the line.
    private bool ReadStructure(ReadOnlySpan<byte> rest, ref int used)
    {
        var next = rest.IndexOfAny(ScannerPath.Marks);
        if (next < 0)
        {
            Line.Add(rest);
            used += rest.Length;
            return false;
        }

        var mark = rest[next];
        used += next + 1;
        if (mark == (byte)'\n' && lists is null)
        {
            Line.Add(rest[..next]);
            return true;
        }

        if (_path.IsBetweenItems && mark is (byte)',' or (byte)']')
        {
            _line.Add(rest[..next]);
            _path.Mark(mark);
            if (mark == (byte)']')
            {
                _around.Add("]"u8);
            }

            return true;
        }

        Line.Add(rest[..(next + 1)]);
        if (mark != (byte)'"')
        {
            _path.Mark(mark);
        }
        else if (_path.IsImageValue)
        {
            _state = State.Image;
        }
        else
        {
            _path.BeginText();
            Line.BeginText();
            _state = State.Text;
        }

        return false;
    }

    // True when a line feed cut the text off: a legal one would be escaped.
    private bool ReadText(ReadOnlySpan<byte> rest, ref int used)
    {
        var next = rest.IndexOfAny(_textEnds);
        var piece = next < 0 ? rest : rest[..next];
        Line.AddText(piece);
        _path.Text(piece);
        used += piece.Length;
        if (next < 0)
        {
            return false;
        }

        used++;
        switch (rest[next])
        {
            case (byte)'"':
                Line.Add("\""u8);
                _path.EndText();
                _state = State.Structure;
                return false;
            case (byte)'\\':
                Line.AddText("\\"u8);
                _state = State.TextEscape;
                return false;
            default:
                return true;
        }
    }

    private ScanEvent? ReadImage(ReadOnlySpan<byte> rest, ref int used, out int length)
    {
        var next = rest.IndexOfAny(_textEnds);
        length = next < 0 ? rest.Length : next;
        if (length > 0)
        {
            used += length;
            return ScanEvent.ImageText;
        }

        switch (rest[0])
        {
            case (byte)'"':
                used++;
                _path.EndText();
                _state = State.Structure;
                return ScanEvent.ImageEnd;
            case (byte)'\\':
                used++;
                _escapes.Begin();
                _state = State.ImageEscape;
                return null;
            default:
                // The line feed stays: it ends the line next.
                _state = State.Structure;
                return ScanEvent.ImageTorn;
        }
    }
}
