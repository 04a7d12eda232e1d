namespace Batchwork.Tests.Streaming;

/// <summary>A sink that keeps nothing and counts everything.</summary>
internal sealed class CountingSink : IImageSink
{
    public int Completed { get; private set; }

    /// <summary>Writers and contents that nobody has disposed yet.</summary>
    public int Alive { get; private set; }

    public long Bytes { get; private set; }

    public int LargestWrite { get; private set; }

    public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken)
    {
        Alive++;
        return ValueTask.FromResult<IImageWriter>(new Writer(this));
    }

    private sealed class Writer(CountingSink sink) : IImageWriter
    {
        private long _length;
        private bool _disposed;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _length += bytes.Length;
            sink.Bytes += bytes.Length;
            sink.LargestWrite = Math.Max(sink.LargestWrite, bytes.Length);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken)
        {
            sink.Completed++;
            sink.Alive++;
            return ValueTask.FromResult<IImageContent>(new Content(sink, _length));
        }

        public ValueTask DisposeAsync()
        {
            if (!_disposed)
            {
                _disposed = true;
                sink.Alive--;
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class Content(CountingSink sink, long length) : IImageContent
    {
        public long Length => length;

        public Stream OpenRead() => Stream.Null;

        public ValueTask DisposeAsync()
        {
            sink.Alive--;
            return ValueTask.CompletedTask;
        }
    }
}
