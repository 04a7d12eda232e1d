namespace Batchwork.Streaming;

/// <summary>The compressed bytes of an answer, counted as they are read, so that what they inflate to can be judged.</summary>
internal sealed class PackedStream(Stream packed) : Stream
{
    // Results are base64, which packs to three quarters; a file of nothing but the same error line packs to a hundredth. Deflate reaches 1,032, Brotli far more.
    private const int MostInflation = 200;

    /// <summary>Up to here anything may inflate: a small file says little about its ratio.</summary>
    private const long AlwaysPlausible = 64 * 1024 * 1024;

    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether what was read so far can honestly have become so many bytes.</summary>
    public bool IsPlausible(long inflated) => inflated <= AlwaysPlausible || inflated / MostInflation <= _read;

    public override int Read(byte[] buffer, int offset, int count) => Counted(packed.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await packed.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _read += read;
        return read;
    }
}
