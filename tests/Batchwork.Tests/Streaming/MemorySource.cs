using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

/// <summary>A file of results in memory, handed out in pieces of a length.</summary>
internal sealed class MemorySource(byte[] file, int pieceLength = int.MaxValue) : IResultSource
{
    private long _offset;

    /// <summary>How often it was gone back in.</summary>
    public int Seeks { get; private set; }

    /// <summary>What is read after going back, if that is something else.</summary>
    public byte[]? AfterSeek { get; init; }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var now = Seeks > 0 && AfterSeek is not null ? AfterSeek : file;
        var length = (int)Math.Min(Math.Min(buffer.Length, pieceLength), now.Length - _offset);
        now.AsSpan((int)_offset, length).CopyTo(buffer.Span);
        _offset += length;
        return ValueTask.FromResult(length);
    }

    public ValueTask SeekAsync(long offset, CancellationToken cancellationToken)
    {
        Seeks++;
        _offset = offset;
        return ValueTask.CompletedTask;
    }
}
