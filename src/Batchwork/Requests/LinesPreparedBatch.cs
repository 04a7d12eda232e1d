using Batchwork.Adapters;

namespace Batchwork;

/// <summary>A checked batch whose upload has a line a request. It keeps the requests, not their bytes: those are written again where they are needed.</summary>
internal sealed class LinesPreparedBatch : PreparedBatch
{
    private const int ChunkLength = 64 * 1024;

    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>The provider whose options count.</summary>
    public required string Provider { get; init; }

    /// <summary>Makes a writer of lines, which writes the same each time.</summary>
    public required Func<IRequestWriter> Writer { get; init; }

    public override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var lines = Writer();
        using var chunk = new MemoryStream(ChunkLength * 2);
        foreach (var request in EffectiveRequest.MergeAll(Batch.Requests, Ids, Batch.Defaults, Provider))
        {
            chunk.Write(lines.Write(request).Span);
            if (chunk.Length >= ChunkLength)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }

        await FlushAsync().ConfigureAwait(false);

        async ValueTask FlushAsync()
        {
            await destination.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length), cancellationToken).ConfigureAwait(false);
            chunk.SetLength(0);
        }
    }
}
