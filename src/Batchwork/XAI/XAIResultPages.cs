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
        ProviderEndpoint endpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = options.From.FirstOrDefault(p => p.Source == s_start.Source);
        var place = from ?? s_start;
        var tokens = new PageTokens(MostPages);
        var looks = 1;
        while (true)
        {
            (var page, place) = await OpenAsync(batch.Id, place, isTakenUp: place == from, options, endpoint, cancellationToken).ConfigureAwait(false);
            await using var _ = page.ConfigureAwait(false);
            var isNext = false;
            await foreach (var item in page.ItemsAsync(cancellationToken).ConfigureAwait(false))
            {
                place = place with { Offset = item.Number, Line = place.Line + 1 };
                GoOn();
                yield return await XAIResults.ReadAsync(item, place).ConfigureAwait(false);
            }

            GoOn();
            if (isNext)
            {
                continue;
            }

            if (place.Line >= Due(batch))
            {
                break;
            }

            if (looks < MostLooks)
            {
                await Task.Delay(RetryWaits.After(settings, looks++), time, cancellationToken).ConfigureAwait(false);
            }
            else if (from is null)
            {
                break;
            }
            else
            {
                // Pages may have been filled up behind the place where reading was taken up. What comes twice is known to the caller by its id.
                (from, place, tokens) = (null, s_start, new PageTokens(MostPages));
            }

            // The token is known once the last result of the page is.
            void GoOn()
            {
                if (!isNext && tokens.IsNew(page.NextToken))
                {
                    isNext = true;
                    place = s_start with { SourceId = page.NextToken, Line = place.Line };
                }
            }
        }

        if (place.Line == 0 && batch.Status is null)
        {
            // Nobody has asked the batch yet: it says why there is nothing.
            BatchEnd.ThrowIfNothingCame(await batches.RetrieveAsync(batch.Id, endpoint, cancellationToken).ConfigureAwait(false));
        }
    }

    // Results that are there for certain; 0 as long as more may come.
    private static int Due(BatchSnapshot batch) => batch.Status is { } status && status.IsTerminal() ? batch.RequestCounts.Completed + batch.RequestCounts.Failed : 0;

    private async Task<(XAIResultPage Page, ResultPosition Place)> OpenAsync(
        string batchId,
        ResultPosition place,
        bool isTakenUp,
        ResultReadOptions options,
        ProviderEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        var page = Page(batchId, place, options, endpoint);
        try
        {
            await page.OpenAsync(cancellationToken).ConfigureAwait(false);
            return (page, place);
        }
        catch (ProviderException stale) when (isTakenUp && place.SourceId is not null && stale.Failure is ProviderFailure.InvalidRequest or ProviderFailure.NotFound)
        {
            // The token of the last reading is not known any more.
            return await OpenAsync(batchId, s_start, isTakenUp: false, options, endpoint, cancellationToken).ConfigureAwait(false);
        }
    }

    private XAIResultPage Page(string batchId, ResultPosition place, ResultReadOptions options, ProviderEndpoint endpoint)
    {
        var path = XAILists.PagePath($"/batches/{batchId}/results", options.PageSize, place.SourceId);
        return new XAIResultPage(
            () => new ResultDownload(XAIWire.Provider, calls, endpoint, path, settings, time, isFile: false),
            calls,
            endpoint,
            options.Sink!,
            place.Offset,
            settings,
            time);
    }
}
