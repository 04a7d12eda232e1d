using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Reads lists: batches and models.</summary>
internal sealed class OpenAILists(ProviderCalls calls)
{
    private const int PageSize = 100;
    private const int MostPages = 10_000;

    private static readonly TimeSpan s_searchMargin = TimeSpan.FromDays(1);

    /// <summary>Lists batches page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<BatchSnapshot>> PagesAsync(ProviderEndpoint endpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageTokens(MostPages);
        string? after = null;
        while (true)
        {
            var path = $"/batches?limit={PageSize}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var request = endpoint.Request(HttpMethod.Get, path);
            var page = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            var batches = page.Property("data").Items().Select(batch => OpenAISnapshots.Read(batch, null)).OfType<BatchSnapshot>().ToList();
            yield return batches;

            after = page.Property("last_id").NonEmptyText() ?? batches.LastOrDefault()?.Id;
            if (page.Property("has_more").ValueKind != JsonValueKind.True || !pages.IsNew(after))
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// Looks for batches by tag or upload. OpenAI neither filters by metadata nor says in which order it lists (newest first, in practice): the search ends
    /// with the first page that is wholly a day older than the sending.
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
        using var request = endpoint.Request(HttpMethod.Get, "/models");
        var answer = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        return answer.Property("data").ValueKind == JsonValueKind.Array
            ? [.. answer.Property("data").Items().Select(Model).OfType<AvailableModel>()]
            : throw calls.Unexpected("OpenAI's list of models has no data.", [], null, endpoint.Credentials);
    }

    private static bool Matches(BatchSnapshot batch, BatchSearch search) =>
        (batch.Metadata.TryGetValue(OpenAIWire.TagKey, out var tag) && tag == search.Tag)
        || (search.InputFileId is { } file && batch.InputFileId == file);

    private static AvailableModel? Model(JsonElement model) =>
        model.Property("id").NonEmptyText() is { } id ? new AvailableModel(id, ShutDownOn(model.Property("shutdown_date"))) : null;

    // "2026-12-01", or seconds since 1970.
    private static DateOnly? ShutDownOn(JsonElement date) =>
        DateOnly.TryParseExact(date.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : date.Date() is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime)
        : null;
}
