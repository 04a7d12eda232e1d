using Batchwork.Engine.Images;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Tells each step of a picture on its way to the disk.</summary>
internal sealed class WatchedImageStore(IImageStore store, CrashTrigger trigger) : IImageStore
{
    public async ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken) => new Writer(await store.CreateAsync(cancellationToken), trigger);

    public async Task CommitAsync(IReadOnlyCollection<ReceivedPicture> pictures, CancellationToken cancellationToken)
    {
        trigger.At("store.commit.before");
        await store.CommitAsync(pictures, cancellationToken);
        trigger.At("store.commit.after");
    }

    public Stream? OpenRead(string sha256, string mediaType) => store.OpenRead(sha256, mediaType);

    public void Delete(string sha256, string mediaType)
    {
        store.Delete(sha256, mediaType);
        trigger.At("store.delete.after");
    }

    private sealed class Writer(IImageWriter writer, CrashTrigger trigger) : IImageWriter
    {
        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await writer.WriteAsync(bytes, cancellationToken);
            trigger.At("store.write.after");
        }

        public ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken) => writer.CompleteAsync(cancellationToken);

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
