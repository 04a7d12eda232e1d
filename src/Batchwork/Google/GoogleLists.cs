using System.Runtime.CompilerServices;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Reads lists: batches and models.</summary>
internal sealed class GoogleLists(ProviderCalls calls)
{
    private const int PageSize = 100;
    private const int ModelsPageSize = 1000;
    private const int MostPages = 10_000;
    private const string ModelPrefix = "models/";

    private static readonly TimeSpan s_searchMargin = TimeSpan.FromDays(1);

    /// <summary>Lists batches page by page. Google leaves out the results of inline batches here.</summary>
    public async IAsyncEnumerable<IReadOnlyList<BatchSnapshot>> PagesAsync(ProviderEndpoint endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ReadAsync($"/batches?pageSize={PageSize}", endpoint, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Property("operations").Items().Select(operation => GoogleSnapshots.Read(operation, null)).OfType<BatchSnapshot>()];
        }
    }

    /// <summary>
    /// Looks for batches by display name or upload. Google offers no filter and does not say in which order it lists: the search ends with the first page that
    /// is wholly a day older than the sending.
    /// </summary>
    public async Task<IReadOnlyList<BatchSnapshot>> FindAsync(BatchSearch search, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BatchSnapshot>(StringComparer.Ordinal);
        var oldest = search.SentAt - s_searchMargin;
        await foreach (var page in PagesAsync(endpoint, cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in page.Where(batch => Matches(batch, search)))
            {
                found[batch.Id] = batch;
            }

            if (page.Count > 0 && page.All(batch => batch.CreatedAt < oldest))
            {
                break;
            }
        }

        return [.. found.Values.OrderBy(batch => batch.CreatedAt)];
    }

    /// <summary>Lists the models a key may use.</summary>
    public async Task<IReadOnlyList<AvailableModel>> ModelsAsync(ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var models = new List<AvailableModel>();
        await foreach (var page in ReadAsync($"/models?pageSize={ModelsPageSize}", endpoint, cancellationToken).ConfigureAwait(false))
        {
            if (page.Property("models").ValueKind != JsonValueKind.Array && models.Count == 0)
            {
                throw calls.Unexpected("Google's list of models has no models.", [], null, endpoint.Credentials);
            }

            models.AddRange(page.Property("models").Items().Select(Model).OfType<AvailableModel>());
        }

        return models;
    }

    private static bool Matches(BatchSnapshot batch, BatchSearch search) =>
        (batch.Metadata.TryGetValue(GoogleSnapshots.TagKey, out var tag) && tag == search.Tag)
        || (search.InputFileId is { } file && batch.InputFileId == file);

    private static AvailableModel? Model(JsonElement model) =>
        model.Property("name").NonEmptyText() is { } name && name.StartsWith(ModelPrefix, StringComparison.Ordinal)
            ? new AvailableModel(name[ModelPrefix.Length..], null, model.Property("supportedGenerationMethods").Items().Any(m => m.Text() == "batchGenerateContent"))
            : null;

    private async IAsyncEnumerable<JsonElement> ReadAsync(string path, ProviderEndpoint endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageTokens(MostPages);
        string? token = null;
        do
        {
            using var request = endpoint.Request(HttpMethod.Get, path + (token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}"));
            var page = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            yield return page;
            token = page.Property("nextPageToken").NonEmptyText();
        }
        while (pages.IsNew(token));
    }
}
