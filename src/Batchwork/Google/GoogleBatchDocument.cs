using System.Runtime.CompilerServices;
using System.Text;
using Batchwork.Json;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.Google;

/// <summary>
/// Reads what Google answers when it is asked for a batch. At the end of an inline batch that is all of its results, with all pictures, in one document: it is
/// read piece by piece.
/// </summary>
internal sealed class GoogleBatchDocument(ProviderCalls calls, BatchworkOptions options, TimeProvider time)
{
    /// <summary>Asks for a batch and stops reading as soon as enough is known of it.</summary>
    public async Task<BatchSnapshot> RetrieveAsync(string name, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (total, failed) = (0, 0);
        var reader = default(ResultDocumentReader);
        await foreach (var item in ItemsAsync(name, DiscardingSink.Instance, endpoint, made => reader = made, cancellationToken).ConfigureAwait(false))
        {
            // Google writes its metadata first. A bare "done" or an order of its own (gateways) means reading on, and counting.
            if (total == 0 && reader!.AroundSoFar() is { } head && GoogleSnapshots.HasCounts(head) && GoogleSnapshots.Read(head, name) is { Status: not null } soon)
            {
                return soon;
            }

            total++;
            failed += item.Json is { } json && GoogleItemErrors.OfItem(json.Property("error")) is not null ? 1 : 0;
        }

        return Snapshot(reader!, name, total == 0 ? null : new BatchRequestCounts(total, total - failed, failed), endpoint);
    }

    /// <summary>Reads the results of an inline batch.</summary>
    /// <param name="name">The batch.</param>
    /// <param name="sink">Takes the pictures.</param>
    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="ended">Gets the batch itself, when all is read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<ResultLine> ReadAsync(
        string name,
        IImageSink sink,
        ProviderEndpoint endpoint,
        Action<BatchSnapshot> ended,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = default(ResultDocumentReader);
        await foreach (var item in ItemsAsync(name, sink, endpoint, made => reader = made, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }

        ended(Snapshot(reader!, name, null, endpoint));
    }

    private async IAsyncEnumerable<ResultLine> ItemsAsync(
        string name,
        IImageSink sink,
        ProviderEndpoint endpoint,
        Action<ResultDocumentReader> begun,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var download = new ResultDownload(GoogleWire.Provider, calls, endpoint, "/" + name, options, time);
        await using var _ = download.ConfigureAwait(false);
        await download.OpenAsync(0, cancellationToken).ConfigureAwait(false);
        var reader = new ResultDocumentReader(download, GoogleWire.ImageFields, GoogleWire.ResultLists, sink);
        begun(reader);
        int? list = null;
        await foreach (var item in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // SDKs' objects can hold the same results in two places ("response" and "dest").
            if (item.List != (list ??= item.List))
            {
                await ResultImages.DropAsync(item.Images).ConfigureAwait(false);
                continue;
            }

            yield return item;
        }
    }

    private BatchSnapshot Snapshot(ResultDocumentReader reader, string name, BatchRequestCounts? counted, ProviderEndpoint endpoint) =>
        reader.Around is { } around && GoogleSnapshots.Read(around, name, counted) is { } batch
            ? batch
            : throw calls.Unexpected($"Google answered with something that is not a batch when asked for {name}.", Encoding.UTF8.GetBytes(reader.Around?.GetRawText() ?? ""), null, endpoint.Credentials);
}
