using System.Runtime.CompilerServices;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.XAI;

/// <summary>
/// Reads a batch's results page by page, also while it runs. A place between two results is the token of a page and how many of the page's results come before;
/// behind the last result of a page it is the next page, so that no page is fetched again for its token alone.
/// </summary>
internal sealed class XAIResultPages(ProviderCalls calls, BatchCalls batches, BatchworkOptions settings, TimeProvider time)
{
    private const int MostPages = 100_000;

    // Right after a batch has ended its results may not be there yet: the last page is looked at this often.
    private const int MostLooks = 5;

    private static readonly ResultPosition s_start = new("pages", null, 0, 0);

    /// <summary>Reads on from a place.</summary>
    public async IAsyncEnumerable<BatchResult> ReadAsync(
        BatchSnapshot batch,
        ResultReadOptions options,
        IImageSink sink,
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = options.From.FirstOrDefault(p => p.Source == s_start.Source);
        var due = batch.Status is { } status && status.IsTerminal() ? batch.RequestCounts.Completed + batch.RequestCounts.Failed : 0;
        var place = from ?? s_start;
        var tokens = new PageTokens(MostPages);
        for (var looks = 1; ;)
        {
            var page = await OpenAsync().ConfigureAwait(false);
            await using var _ = page.ConfigureAwait(false);
            string? next;
            ResultLine? held = null;
            try
            {
                while (await page.NextAsync(cancellationToken).ConfigureAwait(false) is { } item)
                {
                    (var ready, held) = (held, item);
                    if (ready is not null)
                    {
                        place = After(ready, place);
                        yield return await XAIResults.ReadAsync(ready, place).ConfigureAwait(false);
                    }
                }

                next = tokens.IsNew(page.NextToken) ? page.NextToken : null;
                (var last, held) = (held, null);
                place = last is null ? place : After(last, place);
                place = next is null ? place : s_start with { SourceId = next, Line = place.Line };
                if (last is not null)
                {
                    yield return await XAIResults.ReadAsync(last, place).ConfigureAwait(false);
                }
            }
            finally
            {
                await ResultImages.DropAsync(held?.Images ?? []).ConfigureAwait(false);
            }

            if (next is not null)
            {
                continue;
            }

            if (place.Line < due && looks < MostLooks)
            {
                await Task.Delay(RetryWaits.After(settings, looks++), time, cancellationToken).ConfigureAwait(false);
            }
            else if (place.Line >= due || from is null)
            {
                break;
            }
            else
            {
                // Pages may have been filled up behind the place where reading was taken up. What comes twice is known to the caller by its id.
                (from, place, tokens) = (null, s_start, new PageTokens(MostPages));
            }
        }

        if (place.Line == 0 && batch.Status is null)
        {
            // Nobody has asked the batch yet: it says why there is nothing.
            BatchEnd.ThrowIfNothingCame(await batches.RetrieveAsync(batch.Id, endpoint, cancellationToken).ConfigureAwait(false));
        }

        async Task<XAIResultPage> OpenAsync()
        {
            var page = Page(batch.Id, place, options.PageSize, sink, endpoint);
            try
            {
                await page.OpenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ProviderException stale) when (place == from && place.SourceId is not null && stale.Failure is ProviderFailure.InvalidRequest or ProviderFailure.NotFound)
            {
                // The token of the last reading is not known any more.
                (from, place) = (null, s_start);
                page = Page(batch.Id, place, options.PageSize, sink, endpoint);
                await page.OpenAsync(cancellationToken).ConfigureAwait(false);
            }

            return page;
        }
    }

    private static ResultPosition After(ResultLine item, ResultPosition place) => place with { Offset = item.Number, Line = place.Line + 1 };

    private XAIResultPage Page(string batchId, ResultPosition place, int pageSize, IImageSink sink, ProviderEndpoint endpoint)
    {
        var path = XAILists.PagePath($"/batches/{batchId}/results", pageSize, place.SourceId);
        return new XAIResultPage(
            () => new ResultDownload(XAIWire.Provider, calls, endpoint, path, settings, time, isFile: false),
            calls,
            endpoint,
            sink,
            place.Offset,
            settings,
            time);
    }
}
