using System.Runtime.CompilerServices;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.Google;

/// <summary>Reads a batch's results, from its file or from the batch itself.</summary>
internal sealed class GoogleResultReader(ProviderCalls calls, BatchworkOptions settings, TimeProvider time)
{
    private const string Output = "output";
    private const string Inline = "inline";

    /// <summary>Reads the results.</summary>
    /// <param name="batch">The batch; without a status when it was not asked for before.</param>
    /// <param name="options">Where the pictures go and where to begin.</param>
    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<BatchResult> ReadAsync(
        BatchSnapshot batch,
        ResultReadOptions options,
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gathering = new GoogleGathering();
        await using var _ = gathering.ConfigureAwait(false);
        var parts = batch.OutputFileId is { } file
            ? FileAsync(file, options, endpoint, cancellationToken)
            : BatchAsync(batch, options, endpoint, cancellationToken);
        await foreach (var (part, start) in parts.ConfigureAwait(false))
        {
            if (gathering.Add(part, start) is { } result)
            {
                yield return result;
            }
        }

        foreach (var result in gathering.Rest())
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<(BatchResult Part, ResultPosition Start)> BatchAsync(
        BatchSnapshot batch,
        ResultReadOptions options,
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = GoogleNames.GivenBatch(batch.Id);
        var read = options.From.FirstOrDefault(p => p.Source == Inline && p.SourceId == name)?.Line ?? 0;
        var sink = new SkippingSink(options.Sink ?? new TemporaryImageSink()) { Skips = read > 0 };
        var count = 0L;
        BatchSnapshot? now = null;
        await foreach (var item in new GoogleBatchDocument(calls, settings, time).ReadAsync(name, sink, endpoint, ended => now = ended, cancellationToken).ConfigureAwait(false))
        {
            sink.Skips = ++count < read;
            if (count > read)
            {
                yield return (await GoogleResults.ReadAsync(item, new ResultPosition(Inline, name, count, count)).ConfigureAwait(false), new ResultPosition(Inline, name, count - 1, count - 1));
            }
        }

        if (now?.OutputFileId is { } file)
        {
            await foreach (var part in FileAsync(file, options, endpoint, cancellationToken).ConfigureAwait(false))
            {
                yield return part;
            }
        }
        else if (count == 0 && batch.Status is null)
        {
            BatchEnd.ThrowIfNothingCame(now!);
        }
    }

    private async IAsyncEnumerable<(BatchResult Part, ResultPosition Start)> FileAsync(
        string name,
        ResultReadOptions options,
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = GoogleNames.Received(name, GoogleNames.Files)
            ?? throw new ProviderException(GoogleWire.Provider, ProviderFailure.UnexpectedAnswer, $"Google sent '{ErrorText.Clean(name, null)}' as the name of a file of results, which cannot be used.");
        var from = options.From.FirstOrDefault(p => p.Source == Output && p.SourceId == file);

        // Asked for as a file, "files/batch-…" answers 400 (its name is longer than 40 characters); downloading works (googleapis/go-genai#436).
        var download = new ResultDownload(GoogleWire.Provider, calls, endpoint, $"/{file}:download?alt=media", settings, time);
        await using var _ = download.ConfigureAwait(false);
        await download.OpenAsync(from?.Offset ?? 0, cancellationToken).ConfigureAwait(false);
        var reader = new ResultLineReader(download, GoogleWire.ImageFields, options.Sink ?? new TemporaryImageSink());
        await foreach (var line in reader.ReadAsync(from?.Offset ?? 0, from?.Line ?? 0, cancellationToken).ConfigureAwait(false))
        {
            var end = new ResultPosition(Output, file, line.EndOffset, line.Number);
            yield return (await GoogleResults.ReadAsync(line, end).ConfigureAwait(false), new ResultPosition(Output, file, line.StartOffset, line.Number - 1));
        }
    }
}
