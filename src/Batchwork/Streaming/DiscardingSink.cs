namespace Batchwork.Streaming;

/// <summary>Takes pictures that nobody wants.</summary>
internal sealed class DiscardingSink : IImageSink
{
    public static readonly DiscardingSink Instance = new();

    public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IImageWriter>(new Writer());

    private sealed class Writer : IImageWriter
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IImageContent>(new MemoryImageContent([], _ => { }));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
