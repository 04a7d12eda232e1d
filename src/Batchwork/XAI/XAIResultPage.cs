using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Batchwork.Http;
using Batchwork.Json;
using Batchwork.Streaming;

namespace Batchwork.XAI;

/// <summary>
/// One page of results, read while it arrives: a hundred large pictures make a page of a gigabyte. One that breaks off is asked for again, and what was given
/// out of it is not given out again.
/// </summary>
/// <param name="open">Makes the call for the page.</param>
/// <param name="calls">Says what is wrong with a page.</param>
/// <param name="endpoint">Where and as whom.</param>
/// <param name="sink">Takes the pictures.</param>
/// <param name="done">Results of the page that are done already.</param>
/// <param name="settings">How long to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class XAIResultPage(
    Func<ResultDownload> open,
    ProviderCalls calls,
    ProviderEndpoint endpoint,
    IImageSink sink,
    long done,
    BatchworkOptions settings,
    TimeProvider time) : IAsyncDisposable
{
    private const int MostFailures = 4;

    private static readonly string[] s_lists = ["results"];

    private readonly SkippingSink _sink = new(sink);
    private ResultDownload? _download;
    private ResultDocumentReader? _reader;
    private IAsyncEnumerator<ResultLine>? _items;
    private int _failures;

    /// <summary>Results of the page that are done.</summary>
    public long Done { get; private set; } = done;

    /// <summary>The token of the next page, once this one is read; <see langword="null"/> at the end.</summary>
    public string? NextToken { get; private set; }

    /// <summary>Asks for the page. One that is not there is told here.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _download = open();
        _reader = new ResultDocumentReader(_download, XAIResults.ImageFields, s_lists, _sink);
        _sink.Skips = Done > 0;
        _items = _reader.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await _download.OpenAsync(0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the results. When the last one is given out, <see cref="NextToken"/> is known.</summary>
    public async IAsyncEnumerable<ResultLine> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ResultLine? held = null;
        try
        {
            while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } item)
            {
                (var ready, held) = (held, item);
                if (ready is not null)
                {
                    yield return ready;
                }
            }

            if (held is not null)
            {
                (var last, held) = (held, null);
                yield return last;
            }
        }
        finally
        {
            await ResultImages.DropAsync(held?.Images ?? []).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_items is { } items)
        {
            _items = null;
            await items.DisposeAsync().ConfigureAwait(false);
        }

        if (_download is { } download)
        {
            _download = null;
            await download.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ResultLine?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (_items is null)
                {
                    await OpenAsync(cancellationToken).ConfigureAwait(false);
                }

                if (await NextOfReaderAsync().ConfigureAwait(false) is { } item)
                {
                    return item;
                }

                if (_reader!.Around is { } around)
                {
                    NextToken = Token(around);
                    return null;
                }

                throw calls.Broken(new IOException("The page of results ended too early."), endpoint.Credentials);
            }
            catch (ProviderException broken) when (broken.Failure == ProviderFailure.Connection && ++_failures < MostFailures)
            {
                await DisposeAsync().ConfigureAwait(false);
                await Task.Delay(RetryWaits.After(settings, _failures), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ResultLine?> NextOfReaderAsync()
    {
        while (await _items!.MoveNextAsync().ConfigureAwait(false))
        {
            var item = _items.Current;
            _sink.Skips = item.Number < Done;
            if (item.Number > Done)
            {
                Done = item.Number;
                _failures = 0;
                return item;
            }
        }

        return null;
    }

    private string? Token(JsonElement around)
    {
        if (around.Property("results").ValueKind is JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined
            && around.ValueKind == JsonValueKind.Object)
        {
            return XAILists.NextToken(around);
        }

        throw calls.Unexpected("xAI answered with something that is not a page of results.", Encoding.UTF8.GetBytes(around.GetRawText()), null, endpoint.Credentials);
    }
}
