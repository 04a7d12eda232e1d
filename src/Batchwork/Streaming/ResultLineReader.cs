using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Streaming;

/// <summary>Reads a file of results line by line in a bounded amount of memory, whatever its lines are like. No line ends the reading.</summary>
internal sealed class ResultLineReader(IResultSource source, IReadOnlyList<ImageField> fields, IImageSink sink)
{
    private const int BufferLength = 128 * 1024;

    // A last line that is no JSON may have lost its end on the way: it is fetched again, this often.
    private const int TornLineTries = 2;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads on from a place.</summary>
    /// <param name="offset">Bytes of the file before it: where the source stands.</param>
    /// <param name="number">Lines of the file before it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<ResultLine> ReadAsync(long offset, long number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var work = new Work(fields, sink, offset, number);
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

    /// <summary>A reading under way.</summary>
    private sealed class Work(IReadOnlyList<ImageField> fields, IImageSink sink, long offset, long number) : IAsyncDisposable
    {
        private readonly LineScanner _scanner = new(fields);
        private readonly ImageReceiver _receiver = new(sink, BufferLength);
        private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        private List<ReceivedImage> _images = [];
        private int _start;
        private int _end;
        private long _offset = offset;
        private long _lineOffset = offset;
        private long _number = number;

        public bool HasInput => _scanner.HasInput;

        // Scans on until something has to be awaited.
        public ScanEvent Scan()
        {
            while (true)
            {
                if (_scanner.IsInImage)
                {
                    var taken = _receiver.TakePlain(_buffer.AsSpan(_start, _end - _start));
                    _start += taken;
                    _offset += taken;
                    if (_receiver.IsFull)
                    {
                        return ScanEvent.ImageText;
                    }
                }

                var met = _scanner.Read(_buffer.AsSpan(_start, _end - _start), out var used, out var image);
                _start += used;
                _offset += used;
                if (met != ScanEvent.ImageText)
                {
                    return met;
                }

                _receiver.Take(image);
                if (_receiver.IsFull)
                {
                    return met;
                }
            }
        }

        public async ValueTask<bool> FillAsync(IResultSource source, CancellationToken cancellationToken)
        {
            _start = 0;
            _end = await source.ReadAsync(_buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false);
            return _end > 0;
        }

        public ValueTask WriteImageAsync(CancellationToken cancellationToken) => _receiver.WriteAsync(cancellationToken);

        public async ValueTask EndImageAsync(bool isTorn, CancellationToken cancellationToken)
        {
            var image = await _receiver.EndAsync(isTorn, cancellationToken).ConfigureAwait(false);
            _images.Add(image);
            _scanner.Line.Add(Encoding.UTF8.GetBytes(ImagePlaceholder.Of(_images.Count - 1, image)));
            if (!isTorn)
            {
                _scanner.Line.Add("\""u8);
            }
        }

        public async ValueTask EndOfFileAsync(CancellationToken cancellationToken)
        {
            if (_scanner.End() == ScanEvent.ImageTorn)
            {
                await EndImageAsync(isTorn: true, cancellationToken).ConfigureAwait(false);
            }
        }

        // null for a blank line.
        public ResultLine? TakeLine()
        {
            _number++;
            var kept = _scanner.Line.Written;
            if (kept.StartsWith(ByteOrderMark))
            {
                kept = kept[ByteOrderMark.Length..];
            }

            var line = kept.Trim(" \t\r"u8).IsEmpty ? null : Parse(kept);
            if (line is not null)
            {
                _images = [];
            }

            _scanner.NextLine();
            _lineOffset = _offset;
            return line;
        }

        // Goes back to the start of the last line and forgets what came of it.
        public async ValueTask AgainAsync(ResultLine torn, IResultSource source, CancellationToken cancellationToken)
        {
            await DisposeAllAsync(torn.Images).ConfigureAwait(false);
            _number = torn.Number - 1;
            _offset = _lineOffset = torn.StartOffset;
            _start = _end = 0;
            await source.SeekAsync(_offset, cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            await _receiver.DisposeAsync().ConfigureAwait(false);
            await DisposeAllAsync(_images).ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        private ResultLine Parse(ReadOnlySpan<byte> kept)
        {
            string fault;
            if (_scanner.Line.Overflowed)
            {
                fault = "The line is too long without its pictures.";
            }
            else
            {
                try
                {
                    return Line(JsonBytes.Parse(kept), "", null);
                }
                catch (JsonException malformed)
                {
                    fault = $"The line is not valid JSON: {malformed.Message}";
                }
            }

            return Line(null, Encoding.UTF8.GetString(kept), fault);
        }

        private ResultLine Line(JsonElement? json, string text, string? fault) => new()
        {
            Json = json,
            Text = text,
            Fault = fault,
            Images = _images,
            StartOffset = _lineOffset,
            EndOffset = _offset,
            Number = _number,
        };

        private static async ValueTask DisposeAllAsync(IReadOnlyList<ReceivedImage> images)
        {
            foreach (var image in images)
            {
                if (image.Content is { } content)
                {
                    await content.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }
}
