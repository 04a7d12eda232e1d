using System.Buffers;
using System.Text;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Streaming;

/// <summary>A reading under way: of lines, or of a document's items.</summary>
internal sealed class ResultScan(IReadOnlyList<ImageField> fields, IReadOnlyList<string>? lists, IImageSink sink, long offset, long number) : IAsyncDisposable
{
    private const int BufferLength = 128 * 1024;

    private readonly LineScanner _scanner = new(fields, lists);
    private readonly ImageReceiver _receiver = new(sink, BufferLength);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private List<ReceivedImage> _images = [];
    private int _start;
    private int _end;
    private long _offset = offset;
    private long _lineOffset = offset;
    private long _number = number;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether any byte of the current line was read.</summary>
    public bool HasInput => _scanner.HasInput;

    /// <summary>Whether this is inside of a document's list of items.</summary>
    public bool IsInList => _scanner.IsInList;

    /// <summary>Scans on until something has to be awaited.</summary>
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

    /// <summary>Reads on.</summary>
    /// <returns>Whether there was more.</returns>
    public async ValueTask<bool> FillAsync(IResultSource source, CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await source.ReadAsync(_buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false);
        return _end > 0;
    }

    /// <summary>Passes on what there is of a picture.</summary>
    public ValueTask WriteImageAsync(CancellationToken cancellationToken) => _receiver.WriteAsync(cancellationToken);

    /// <summary>Ends a picture and puts a word for it on its line.</summary>
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

    /// <summary>Ends what the end of the file has cut off.</summary>
    public async ValueTask EndOfFileAsync(CancellationToken cancellationToken)
    {
        if (_scanner.End() == ScanEvent.ImageTorn)
        {
            await EndImageAsync(isTorn: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The line, or item, that has ended; <see langword="null"/> for a blank one.</summary>
    public ResultLine? TakeLine()
    {
        _number++;
        var line = Take(_scanner.Ended);
        _scanner.NextLine();
        _lineOffset = _offset;
        return line;
    }

    /// <summary>What was around the items of a document.</summary>
    public ResultLine? TakeAround() => Take(_scanner.Around);

    /// <summary>What was around the items so far, closed where it stands.</summary>
    public JsonElement? AroundSoFar() => JsonBytes.ParseBeginning(_scanner.Around.Written);

    /// <summary>Goes back to the start of the last line and forgets what came of it.</summary>
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

    private ResultLine? Take(KeptLine kept)
    {
        var text = kept.Written;
        if (text.StartsWith(ByteOrderMark))
        {
            text = text[ByteOrderMark.Length..];
        }

        var line = text.Trim(" \t\r\n"u8).IsEmpty ? null : Parse(text, kept.Overflowed);
        if (line is not null)
        {
            _images = [];
        }

        return line;
    }

    private ResultLine Parse(ReadOnlySpan<byte> kept, bool overflowed)
    {
        string fault;
        if (overflowed)
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
        List = _scanner.ListNumber,
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
