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

    private const int FirstLength = 4 * 1024;

    // The longest thing that must not be cut in two: an escaped surrogate pair, \ud83d\udebf.
    private const int LongestUnit = 12;

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

        var room = MaxText - (_length - _textStart);
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

    // Takes back what may be half of an escape or half of a character.
    private void CutCleanly()
    {
        var tail = _bytes.AsSpan(Math.Max(_textStart, _length - LongestUnit), Math.Min(LongestUnit, _length - _textStart));
        var escape = tail.IndexOf((byte)'\\');
        if (escape >= 0)
        {
            // The backslash itself may be the second of a pair (\\): go back over all that stand together.
            var at = _length - tail.Length + escape;
            while (at > _textStart && _bytes[at - 1] == (byte)'\\')
            {
                at--;
            }

            _length = at;
            return;
        }

        while (_length > _textStart && (_bytes[_length - 1] & 0xC0) == 0x80)
        {
            _length--;
        }

        if (_length > _textStart && _bytes[_length - 1] >= 0xC0)
        {
            _length--;
        }
    }
}
