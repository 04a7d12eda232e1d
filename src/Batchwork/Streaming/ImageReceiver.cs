using System.Buffers;

namespace Batchwork.Streaming;

/// <summary>Takes the text of one picture after the other, decodes it and passes the bytes on to a sink in large pieces.</summary>
internal sealed class ImageReceiver : IAsyncDisposable
{
    /// <summary>Bytes that are gathered before the sink gets them.</summary>
    private const int WriteLength = 64 * 1024;

    private readonly IImageSink _sink;
    private readonly Base64Stream _base64 = new();
    private readonly DataUriPrefix _prefix = new();
    private readonly MediaTypeSniffer _sniffer = new();
    private readonly byte[] _decoded;
    private IImageWriter? _writer;
    private int _length;
    private long _letters;

    /// <summary>Makes one.</summary>
    /// <param name="sink">Takes the pictures.</param>
    /// <param name="longestPiece">Longest piece of text that comes at a time.</param>
    public ImageReceiver(IImageSink sink, int longestPiece)
    {
        _sink = sink;
        _decoded = ArrayPool<byte>.Shared.Rent(WriteLength + Base64Stream.MostBytes(longestPiece));
    }

    /// <summary>Whether enough is gathered to be written.</summary>
    public bool IsFull => _length >= WriteLength;

    /// <summary>Takes as much of a piece as is certainly the picture's text.</summary>
    /// <param name="piece">What comes next, perhaps with the text's end in it.</param>
    /// <returns>How much of it was taken.</returns>
    public int TakePlain(ReadOnlySpan<byte> piece)
    {
        if (_prefix.IsOpen)
        {
            // Where a short text ends is for the scanner to see.
            return 0;
        }

        Made(_base64.DecodePlain(piece, _decoded.AsSpan(_length), out var read));
        _letters += read;
        return read;
    }

    /// <summary>Takes a piece of text.</summary>
    public void Take(ReadOnlySpan<byte> piece)
    {
        if (_prefix.IsOpen)
        {
            piece = piece[_prefix.Take(piece, out var givenBack)..];
            Decode(givenBack);
        }

        Decode(piece);
    }

    /// <summary>Passes on what is gathered.</summary>
    public async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        if (_length > 0)
        {
            _writer ??= await _sink.CreateAsync(cancellationToken).ConfigureAwait(false);
            await _writer.WriteAsync(_decoded.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
            _length = 0;
        }
    }

    /// <summary>Ends the picture. What could be decoded of a damaged one is kept: it may still be worth something to its owner.</summary>
    /// <param name="isTorn">Whether its text was cut off.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<ReceivedImage> EndAsync(bool isTorn, CancellationToken cancellationToken)
    {
        Decode(_prefix.Rest());
        Made(_base64.Finish(_decoded.AsSpan(_length)));
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        IImageContent? content = null;
        if (_writer is { } writer)
        {
            content = await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            _writer = null;
            await writer.DisposeAsync().ConfigureAwait(false);
        }

        var image = new ReceivedImage(content, _letters, _sniffer.Tell(), isTorn || _base64.IsDamaged, _prefix.MediaType);
        Reset();
        return image;
    }

    /// <summary>Drops a picture that is under way.</summary>
    public async ValueTask DropAsync()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync().ConfigureAwait(false);
        }

        Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync().ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(_decoded);
    }

    private void Decode(ReadOnlySpan<byte> piece)
    {
        _letters += piece.Length;
        Made(_base64.Decode(piece, _decoded.AsSpan(_length)));
    }

    private void Made(int bytes)
    {
        _sniffer.Take(_decoded.AsSpan(_length, bytes));
        _length += bytes;
    }

    private void Reset()
    {
        _base64.Reset();
        _prefix.Reset();
        _sniffer.Reset();
        _length = 0;
        _letters = 0;
    }
}
