using System.Runtime.CompilerServices;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.OpenAI;

/// <summary>Reads a batch's output file and then its error file. A batch in which every request failed has only the second.</summary>
internal sealed class OpenAIResultFiles(ProviderCalls calls, BatchworkOptions settings, TimeProvider time)
{
    private const string Output = "output";
    private const string Error = "error";

    public async IAsyncEnumerable<BatchResult> ReadAsync(
        BatchSnapshot batch,
        ResultReadOptions options,
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProviderException? missing = null;
        foreach (var (source, fileId) in Files(batch))
        {
            var from = options.From.FirstOrDefault(p => p.Source == source && p.SourceId == fileId);
            var download = new ResultDownload(OpenAIWire.Provider, calls, endpoint, $"/files/{fileId}/content", settings, time);
            await using var _ = download.ConfigureAwait(false);
            try
            {
                await download.OpenAsync(from?.Offset ?? 0, cancellationToken).ConfigureAwait(false);
            }
            catch (ProviderException failure) when (failure.Failure == ProviderFailure.NotFound)
            {
                // One file may have expired before the other: what is left is read before that is told.
                missing ??= failure;
                continue;
            }

            var lines = new ResultLineReader(download, OpenAIResults.ImageFields, options.Sink!).ReadAsync(from?.Offset ?? 0, from?.Line ?? 0, cancellationToken);
            await foreach (var line in lines.ConfigureAwait(false))
            {
                yield return await OpenAIResults.ReadAsync(line, new ResultPosition(source, fileId, line.EndOffset, line.Number)).ConfigureAwait(false);
            }
        }

        if (missing is not null)
        {
            throw missing;
        }
    }

    // Both ids are checked before the first byte is read. A server that names one file twice has one file.
    private static List<(string Source, string FileId)> Files(BatchSnapshot batch)
    {
        var files = new List<(string, string)>();
        if (!string.IsNullOrEmpty(batch.OutputFileId))
        {
            files.Add((Output, ProviderIds.Received(batch.OutputFileId, "file of results", OpenAIWire.Provider)));
        }

        if (!string.IsNullOrEmpty(batch.ErrorFileId) && batch.ErrorFileId != batch.OutputFileId)
        {
            files.Add((Error, ProviderIds.Received(batch.ErrorFileId, "file of errors", OpenAIWire.Provider)));
        }

        return files;
    }
}
