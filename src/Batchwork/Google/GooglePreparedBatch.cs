using Batchwork.Adapters;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>A checked batch for Google. It keeps the requests, not their bytes, unless they are few: then the whole create call is written already.</summary>
internal sealed class GooglePreparedBatch : PreparedBatch
{
    private const int ChunkLength = 64 * 1024;

    public required IReadOnlyList<string> Ids { get; init; }

    public required GoogleSizes Sizes { get; init; }

    /// <summary>The body of the create call with all requests in it; <see langword="null"/> when they are uploaded.</summary>
    public required byte[]? Inline { get; init; }

    public override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (Inline is not null)
        {
            await destination.WriteAsync(Inline, cancellationToken).ConfigureAwait(false);
            return;
        }

        var body = new GoogleRequestBody(Sizes);
        var line = new JsonBuffer();
        using var chunk = new MemoryStream(ChunkLength * 2);
        foreach (var request in EffectiveRequest.MergeAll(Batch.Requests, Ids, Batch.Defaults, GoogleWire.Provider))
        {
            for (var number = 1; number <= request.N.Value; number++)
            {
                GoogleRequestLines.Write(line, new GooglePartKey(request.CustomId, number, request.N.Value), body.Write(request, number).Span);
                chunk.Write(line.Written.Span);
                if (chunk.Length >= ChunkLength)
                {
                    await FlushAsync().ConfigureAwait(false);
                }
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
