using System.Buffers;
using System.Text;

namespace Batchwork.Streaming;

/// <summary>Where in a line's JSON a <see cref="LineScanner"/> is: just enough to know whether the next text is a picture.</summary>
internal sealed class ScannerPath
{
    /// <summary>The bytes that matter between texts.</summary>
    public static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[],:\n"u8);

    private const int MaxDepth = 64;

    private readonly byte[][] _names;
    private readonly byte[]?[] _parents;
    private readonly byte[][] _lists;
    private readonly byte[] _key = new byte[32];
    private readonly bool[] _isObject = new bool[MaxDepth];
    private readonly int[] _parentAt = new int[MaxDepth];

    private int _depth;
    private int _listDepth;
    private int _keyLength;
    private bool _keyIsKnown;
    private bool _inKey;
    private bool _expectsKey;

    public ScannerPath(IReadOnlyList<ImageField> fields, IReadOnlyList<string> lists)
    {
        _names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f.Name))];
        _parents = [.. fields.Select(f => f.Parent is null ? null : Encoding.UTF8.GetBytes(f.Parent))];
        _lists = [.. lists.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Whether this is inside of one of the lists, at any depth.</summary>
    public bool IsInList => _listDepth > 0;

    /// <summary>How many lists have begun.</summary>
    public int ListNumber { get; private set; }

    /// <summary>Whether this is between the items of one of the lists, so that a comma or a bracket ends an item.</summary>
    public bool IsBetweenItems => _listDepth > 0 && _depth == _listDepth;

    /// <summary>Whether a text that begins here is a picture.</summary>
    public bool IsImageValue
    {
        get
        {
            if (_depth is 0 or > MaxDepth || !_isObject[_depth - 1] || _expectsKey)
            {
                return false;
            }

            var parents = _parentAt[_depth - 1];
            for (var i = 0; parents != 0; i++, parents >>= 1)
            {
                if ((parents & 1) != 0 && KeyIs(_names[i]))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Clear()
    {
        _depth = 0;
        _listDepth = 0;
        _keyLength = 0;
        _keyIsKnown = false;
        _inKey = false;
        _expectsKey = false;
    }

    /// <summary>Takes a brace, bracket, comma or colon.</summary>
    public void Mark(byte mark)
    {
        switch (mark)
        {
            case (byte)'{':
            case (byte)'[':
                Open(mark == (byte)'{');
                break;
            case (byte)'}':
            case (byte)']':
                _listDepth = IsBetweenItems ? 0 : _listDepth;
                _depth = Math.Max(0, _depth - 1);
                _expectsKey = false;
                _keyLength = 0;
                break;
            case (byte)',':
                _expectsKey = _depth is > 0 and <= MaxDepth && _isObject[_depth - 1];
                break;
        }
    }

    public void BeginText()
    {
        _inKey = _expectsKey;
        if (_inKey)
        {
            _keyLength = 0;
            _keyIsKnown = true;
        }
    }

    public void Text(ReadOnlySpan<byte> piece)
    {
        if (!_inKey)
        {
            return;
        }

        if (_keyLength + piece.Length > _key.Length)
        {
            _keyIsKnown = false;
            return;
        }

        piece.CopyTo(_key.AsSpan(_keyLength));
        _keyLength += piece.Length;
    }

    // No provider escapes the names of its properties.
    public void KeyIsEscaped() => _keyIsKnown &= !_inKey;

    public void EndText()
    {
        if (_inKey)
        {
            _inKey = false;
            _expectsKey = false;
        }
    }

    private void Open(bool isObject)
    {
        var isList = !isObject && !IsInList && _depth is > 0 and < MaxDepth && _isObject[_depth - 1] && Array.Exists(_lists, KeyIs);
        if (_depth < MaxDepth)
        {
            _isObject[_depth] = isObject;

            // What stands in a list belongs to the list's name.
            _parentAt[_depth] = _depth == 0 ? 0
                : _isObject[_depth - 1] ? MatchingParents()
                : _parentAt[_depth - 1];
        }

        _depth++;
        if (isList)
        {
            _listDepth = _depth;
            ListNumber++;
        }

        _expectsKey = isObject;
    }

    // One bit a field.
    private int MatchingParents()
    {
        var parents = 0;
        for (var i = 0; i < _parents.Length; i++)
        {
            if (_parents[i] is not { } parent || KeyIs(parent))
            {
                parents |= 1 << i;
            }
        }

        return parents;
    }

    private bool KeyIs(byte[] name) => _keyIsKnown && _key.AsSpan(0, _keyLength).SequenceEqual(name);
}
