using System.Globalization;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Uploads batches and finds uploads again.</summary>
internal sealed class OpenAIUploads(ProviderCalls calls, FileCalls files)
{
    // 10,000 are allowed; a smaller page is less to lose when the connection breaks.
    private const int PageSize = 1000;
    private const int MostPages = 1000;

    /// <summary>Uploads a batch. Sent once.</summary>
    public Task<UploadedInput> UploadAsync(PreparedBatch batch, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        List<(string, string)> fields = [("purpose", "batch")];
        if (batch.Batch.InputExpiresAfter is { } expiry)
        {
            fields.Add(("expires_after[anchor]", "created_at"));
            fields.Add(("expires_after[seconds]", ((long)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        }

        return files.UploadAsync(batch, fields, OpenAIWire.FileName(batch.Batch.Tag), endpoint, cancellationToken);
    }

    /// <summary>Looks for the newest upload of a name. The list begins with the newest.</summary>
    public async Task<UploadedInput?> FindAsync(string fileName, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var pages = new PageTokens(MostPages);
        string? after = null;
        while (true)
        {
            var path = $"/files?purpose=batch&order=desc&limit={PageSize}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var request = endpoint.Request(HttpMethod.Get, path);
            var page = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            if (FileCalls.Newest(page, fileName) is { } found)
            {
                return found;
            }

            after = page.Property("data").Items().Select(f => f.Property("id").NonEmptyText()).LastOrDefault();
            if (page.Property("has_more").ValueKind != JsonValueKind.True || !pages.IsNew(after))
            {
                return null;
            }
        }
    }
}
