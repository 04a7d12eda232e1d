using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Batchwork.Streaming;

/// <summary>
/// Reads a single JSON document with a list of results item by item, in a bounded amount of memory, for example <c>{"results":[…],"pagination_token":"t"}</c>
/// (xAI). No item ends the reading.
/// </summary>
/// <param name="source">The document.</param>
/// <param name="fields">Which texts in it are pictures.</param>
/// <param name="lists">The properties whose lists hold the items.</param>
/// <param name="sink">Takes the pictures.</param>
internal sealed class ResultDocumentReader(IResultSource source, IReadOnlyList<ImageField> fields, IReadOnlyList<string> lists, IImageSink sink)
{
    private Func<JsonElement?>? _aroundSoFar;

    /// <summary>The document with its lists emptied, once all is read; <see langword="null"/> when it ended too early or is no JSON.</summary>
    public JsonElement? Around { get; private set; }

    /// <summary>What has been read of the document around its items; <see langword="null"/> when that is no JSON.</summary>
    public JsonElement? AroundSoFar() => _aroundSoFar?.Invoke();

    /// <summary>Reads the items. Their numbers count from 1.</summary>
    public async IAsyncEnumerable<ResultLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = new ResultScan(fields, lists, sink, 0, 0);
        _aroundSoFar = scan.AroundSoFar;
        await using var _ = scan.ConfigureAwait(false);
        while (true)
        {
            var met = scan.Scan();
            switch (met)
            {
                case ScanEvent.NeedsInput:
                    if (await scan.FillAsync(source, cancellationToken).ConfigureAwait(false))
                    {
                        continue;
                    }

                    // Of an item that was cut off nothing is kept: the document has to be read again.
                    Around = scan.IsInList ? null : scan.TakeAround()?.Json;
                    yield break;
                case ScanEvent.ImageText:
                    await scan.WriteImageAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case ScanEvent.ImageEnd:
                case ScanEvent.ImageTorn:
                    await scan.EndImageAsync(met == ScanEvent.ImageTorn, cancellationToken).ConfigureAwait(false);
                    break;
                case ScanEvent.LineEnd:
                    if (scan.TakeLine() is { } item)
                    {
                        yield return item;
                    }

                    break;
            }
        }
    }
}
