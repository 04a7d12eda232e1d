using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>Reads lists: batches, uploads and models.</summary>
internal sealed class XAILists(ProviderCalls calls, TimeProvider time)
{
    private const int PageSize = 100;
    private const int MostPages = 10_000;

    /// <summary>The token of the next page; <see langword="null"/> at the end, where xAI writes null or "".</summary>
    public static string? NextToken(JsonElement page) => page.Property("pagination_token").TextOrNumber() is { Length: > 0 } token ? token : null;

    /// <summary>The path of a page.</summary>
    public static string PagePath(string path, int pageSize, string? token) =>
        FormattableString.Invariant($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={pageSize}") + (token is null ? "" : $"&pagination_token={WebUtility.UrlEncode(token)}");

    /// <summary>Lists batches.</summary>
    public async IAsyncEnumerable<BatchSnapshot> BatchesAsync(ProviderEndpoint endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync("/batches", endpoint, cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in page.Property("batches").Items())
            {
                if (XAISnapshots.Read(batch, null, time.GetUtcNow()) is { } snapshot)
                {
                    yield return snapshot;
                }
            }
        }
    }

    /// <summary>Looks for batches by tag or upload. xAI neither filters nor says in which order it lists: all of them are looked at.</summary>
    public async Task<IReadOnlyList<BatchSnapshot>> FindAsync(BatchSearch search, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BatchSnapshot>(StringComparer.Ordinal);
        await foreach (var batch in BatchesAsync(endpoint, cancellationToken).ConfigureAwait(false))
        {
            if (batch.Raw.Property("name").Text() == search.Tag || (search.InputFileId is { } file && batch.InputFileId == file))
            {
                found[batch.Id] = batch;
            }
        }

        return [.. found.Values.OrderBy(batch => batch.CreatedAt)];
    }

    /// <summary>Looks for the newest upload of a name.</summary>
    public async Task<UploadedInput?> FindUploadAsync(string fileName, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        UploadedInput? newest = null;
        var filter = WebUtility.UrlEncode($"name = \"{fileName}\"");
        await foreach (var page in PagesAsync($"/files?filter={filter}", endpoint, cancellationToken).ConfigureAwait(false))
        {
            // A gateway may not know the filter.
            var found = FileCalls.Newest(page, fileName);
            newest = newest is null || found?.CreatedAt > newest.CreatedAt ? found : newest;
        }

        return newest;
    }

    /// <summary>Lists the models a key may use.</summary>
    public async Task<IReadOnlyList<AvailableModel>> ModelsAsync(ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Get, "/models");
        var answer = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        return answer.Property("data").ValueKind == JsonValueKind.Array
            ? [.. answer.Property("data").Items().Select(m => m.Property("id").NonEmptyText()).OfType<string>().Select(id => new AvailableModel(id, null))]
            : throw calls.Unexpected("xAI's list of models has no data.", [], null, endpoint.Credentials);
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string path, ProviderEndpoint endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tokens = new PageTokens(MostPages);
        string? token = null;
        do
        {
            using var request = endpoint.Request(HttpMethod.Get, PagePath(path, PageSize, token));
            var page = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            yield return page;
            token = NextToken(page);
        }
        while (tokens.IsNew(token));
    }
}
