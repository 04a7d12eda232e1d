using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Results;

/// <summary>
/// The output of a batch whose pictures repeat: never on disk, written anew each time it is read. 50,000 results would fill 90 GB.
/// </summary>
internal sealed class RepeatedContent(BatchRecord batch, ResultWriter writer, long length) : IFileContent
{
    public long Length => length;

    public async Task CopyToAsync(Stream target, long from, long count, CancellationToken cancellationToken)
    {
        await using var window = new WindowStream(target, from, count);
        await writer.WriteAsync(batch, window, Stream.Null, () => window.IsFull, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
