using System.Buffers;

namespace Batchwork.Engine.Archives;

/// <summary>
/// The central directory while it grows: about 100 bytes an entry, in pooled chunks, so that nothing is copied as it grows. It is the only thing
/// about an archive that is kept in memory.
/// </summary>
internal sealed class ZipDirectory : IDisposable
{
    private const int ChunkLength = 64 * 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly List<int> _lengths = [];

    public long Count { get; private set; }

    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _chunks.Zip(_lengths, (chunk, length) => (ReadOnlyMemory<byte>)chunk.AsMemory(0, length));

    public void Add(ReadOnlySpan<byte> header)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _lengths[^1] < header.Length)
        {
            _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkLength));
            _lengths.Add(0);
        }

        header.CopyTo(_chunks[^1].AsSpan(_lengths[^1]));
        _lengths[^1] += header.Length;
        Count++;
    }

    public void Dispose()
    {
        _chunks.ForEach(chunk => ArrayPool<byte>.Shared.Return(chunk));
        _chunks.Clear();
        _lengths.Clear();
    }
}
