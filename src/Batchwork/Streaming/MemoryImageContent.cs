namespace Batchwork.Streaming;

/// <summary>A small picture in memory.</summary>
/// <param name="bytes">Its bytes.</param>
/// <param name="disposed">Is told once when the picture goes.</param>
internal sealed class MemoryImageContent(byte[] bytes, Action<int>? disposed) : IImageContent
{
    private Action<int>? _disposed = disposed;

    public long Length => bytes.Length;

    public Stream OpenRead() => new MemoryStream(bytes, writable: false);

    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _disposed, null)?.Invoke(bytes.Length);
        return ValueTask.CompletedTask;
    }
}
