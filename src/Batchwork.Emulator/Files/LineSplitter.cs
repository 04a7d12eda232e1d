using System.Buffers;

namespace Batchwork.Emulator.Files;

/// <summary>Cuts a stream of bytes into lines, holding no more than one of them, and of that no more than a bound.</summary>
internal sealed class LineSplitter(int longest, LineSplitter.OnLine onLine)
{
    private readonly ArrayBufferWriter<byte> _begun = new();
    private long _offset;
    private long _lineStart;
    private bool _tooLong;

    /// <summary>Takes a line without its end.</summary>
    /// <param name="line">The bytes; empty if the line was too long.</param>
    /// <param name="offset">Where in the stream it begins.</param>
    /// <param name="tooLong">Whether it exceeded the bound.</param>
    public delegate void OnLine(ReadOnlySpan<byte> line, long offset, bool tooLong);

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            End(bytes[..end]);
            _offset += end + 1;
            _lineStart = _offset;
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
        _offset += bytes.Length;
    }

    /// <summary>Hands out a last line that has no end.</summary>
    public void Finish()
    {
        if (_offset > _lineStart)
        {
            End([]);
        }
    }

    private void End(ReadOnlySpan<byte> rest)
    {
        if (_begun.WrittenCount == 0 && !_tooLong && rest.Length <= longest)
        {
            onLine(rest, _lineStart, tooLong: false);
            return;
        }

        Keep(rest);
        onLine(_tooLong ? [] : _begun.WrittenSpan, _lineStart, _tooLong);
        _begun.ResetWrittenCount();
        _tooLong = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_tooLong || _begun.WrittenCount + bytes.Length > longest)
        {
            _tooLong = true;
            return;
        }

        _begun.Write(bytes);
    }
}
