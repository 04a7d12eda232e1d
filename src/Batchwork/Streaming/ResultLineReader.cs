using System.Runtime.CompilerServices;

namespace Batchwork.Streaming;

/// <summary>Reads a file of results line by line in a bounded amount of memory, whatever its lines are like. No line ends the reading.</summary>
internal sealed class ResultLineReader(IResultSource source, IReadOnlyList<ImageField> fields, IImageSink sink)
{
    // A last line that is no JSON may have lost its end on the way: it is fetched again, this often.
    private const int TornLineTries = 2;

    /// <summary>Reads on from a place.</summary>
    /// <param name="offset">Bytes of the file before it: where the source stands.</param>
    /// <param name="number">Lines of the file before it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<ResultLine> ReadAsync(long offset, long number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = new ResultScan(fields, null, sink, offset, number);
        await using var _ = work.ConfigureAwait(false);
        var triesLeft = TornLineTries;
        while (true)
        {
            var met = work.Scan();
            switch (met)
            {
                case ScanEvent.NeedsInput:
                    if (await work.FillAsync(source, cancellationToken).ConfigureAwait(false))
                    {
                        continue;
                    }

                    if (!work.HasInput)
                    {
                        yield break;
                    }

                    await work.EndOfFileAsync(cancellationToken).ConfigureAwait(false);
                    var last = work.TakeLine();
                    if (last is { Json: null } && triesLeft-- > 0)
                    {
                        await work.AgainAsync(last, source, cancellationToken).ConfigureAwait(false);
                        continue;
                    }

                    if (last is not null)
                    {
                        yield return last;
                    }

                    yield break;
                case ScanEvent.ImageText:
                    await work.WriteImageAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case ScanEvent.ImageEnd:
                case ScanEvent.ImageTorn:
                    await work.EndImageAsync(met == ScanEvent.ImageTorn, cancellationToken).ConfigureAwait(false);
                    break;
                case ScanEvent.LineEnd:
                    if (work.TakeLine() is { } line)
                    {
                        yield return line;
                    }

                    break;
            }
        }
    }
}
