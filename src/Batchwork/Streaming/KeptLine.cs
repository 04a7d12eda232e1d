namespace Batchwork.Streaming;

/// <summary>
/// What is kept of a line of results while it passes: everything but the pictures, up to a bound. Long texts are cut by themselves, so that one
/// of them does not cost the rest of the line.
/// </summary>
internal sealed class KeptLine
{
    /// <summary>Most bytes kept of a line.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Most bytes kept of one text in it.</summary>
    public const int MaxText = 64 * 1024;

    /// <summary>Most bytes kept of one text once half of the room is used: Gemini signs its thoughts with texts of many KiB, several a line.</summary>
    private const int MaxLateText = 1024;

    private const int FirstLength = 4 * 1024;

    private const int EscapeLength = 6;

    private byte[] _bytes = new byte[FirstLength];
    private int _length;
    private int _textStart;
    private bool _textIsFull;

    /// <summary>Whether the line did not fit.</summary>
    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        Overflowed = false;
        _textIsFull = false;

        // One huge line must not keep its room for ever.
        if (_bytes.Length > FirstLength * 8)
        {
            _bytes = new byte[FirstLength];
        }
    }

    /// <summary>Keeps a piece of the line's structure.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (Overflowed || _length + piece.Length > MaxLength)
        {
            Overflowed = true;
            return;
        }

        if (_length + piece.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(MaxLength, Math.Max(_bytes.Length * 2, _length + piece.Length)));
        }

        piece.CopyTo(_bytes.AsSpan(_length));
        _length += piece.Length;
    }

    /// <summary>Begins a text; its quote has been kept.</summary>
    public void BeginText()
    {
        _textStart = _length;
        _textIsFull = false;
    }

    /// <summary>Keeps a piece of a text, or as much of it as there is room for.</summary>
    public void AddText(ReadOnlySpan<byte> piece)
    {
        if (_textIsFull)
        {
            return;
        }

        var room = (_textStart < MaxLength / 2 ? MaxText : MaxLateText) - (_length - _textStart);
        if (piece.Length <= room)
        {
            Add(piece);
            return;
        }

        Add(piece[..room]);
        if (!Overflowed)
        {
            _textIsFull = true;
            CutCleanly();
            Add("…"u8);
        }
    }

    // Takes back what is half of an escape, of a pair of escapes or of a character. From the start of the text: seen from its end, a backslash
    // may belong to what comes before or after it.
    private void CutCleanly()
    {
        var text = _bytes.AsSpan(_textStart, _length - _textStart);
        var whole = 0;
        while (whole < text.Length && UnitLength(text[whole..]) is { } unit && whole + unit <= text.Length)
        {
            whole += unit;
        }

        _length = _textStart + whole;
    }

    // null: too little is there to tell.
    private static int? UnitLength(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'\\' when text.Length < 2 => null,
        (byte)'\\' when text[1] != (byte)'u' => 2,
        (byte)'\\' when text.Length < EscapeLength => null,
        (byte)'\\' => IsFirstOfPair(text) ? 2 * EscapeLength : EscapeLength,
        < 0xC0 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };

    // \ud83d to \udbff: the second half must stay with it.
    private static bool IsFirstOfPair(ReadOnlySpan<byte> escape) =>
        (escape[2] is (byte)'d' or (byte)'D') && (escape[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B');
}
