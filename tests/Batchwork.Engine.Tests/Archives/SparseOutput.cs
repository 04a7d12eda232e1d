using Batchwork.Engine.Archives;

namespace Batchwork.Engine.Tests.Archives;

/// <summary>Keeps what is written and only the lengths of pictures, which read as zeros: archives of any size fit into memory.</summary>
internal sealed class SparseOutput : IZipOutput
{
    private readonly List<(long Offset, byte[] Bytes)> _pieces = [];

    public long Position { get; private set; }

    public bool IsSated => false;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _pieces.Add((Position, bytes.ToArray()));
        Position += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask WritePictureAsync(string sha256, string mediaType, long length, CancellationToken cancellationToken)
    {
        Position += length;
        return ValueTask.CompletedTask;
    }

    public Stream OpenRead() => new SparseStream(_pieces, Position);

    private sealed class SparseStream(List<(long Offset, byte[] Bytes)> pieces, long length) : ReadOnlyStream
    {
        public override long Length => length;

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            buffer = buffer[..count];
            buffer.Clear();
            foreach (var (offset, bytes) in pieces)
            {
                var start = Math.Max(offset, Position);
                var end = Math.Min(offset + bytes.Length, Position + count);
                if (end > start)
                {
                    bytes.AsSpan((int)(start - offset), (int)(end - start)).CopyTo(buffer[(int)(start - Position)..]);
                }
            }

            Position += count;
            return count;
        }
    }
}
