using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Results;

/// <summary>
/// One JSON object that is written piece by piece to a stream, so that a line with ten large pictures needs no more memory than one
/// without any.
/// </summary>
internal sealed class JsonLine : IDisposable
{
    // A multiple of three, so that only the last piece is padded.
    private const int Piece = 3 * 16 * 1024;
    private static readonly byte[] s_quote = "\""u8.ToArray();
    private static readonly byte[] s_space = " "u8.ToArray();
    private static readonly byte[] s_zeros = [.. Enumerable.Repeat((byte)'A', 64 * 1024)];
    private static readonly byte[] s_notBase64 = "****this is not base64****"u8.ToArray();
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly byte[] _encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Piece));
    private Stream _target = Stream.Null;
    private ReadOnlyMemory<byte> _insert;
    private bool _begun;
    private bool _cut;
    private bool _ended;

    public JsonLine() => Json = new Utf8JsonWriter(_buffer, s_options);

    /// <summary>Writes everything but the pictures.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Begins a line.</summary>
    /// <param name="insert">Bytes to smuggle in behind the opening brace.</param>
    /// <param name="cut">Whether the line breaks off in its first picture, or in its middle if it has none.</param>
    public void Begin(Stream target, ReadOnlyMemory<byte> insert, bool cut)
    {
        (_target, _insert, _cut) = (target, insert, cut);
        (_begun, _ended) = (false, false);
        _buffer.ResetWrittenCount();
        Json.Reset();
    }

    /// <summary>Writes a picture as the next value.</summary>
    public Task WriteAsync(Picture picture, PictureDamage damage, CancellationToken cancellationToken) =>
        WriteAsync("", picture, damage, cancellationToken);

    /// <summary>Writes a picture as the next value, with something in front of its base64.</summary>
    public async Task WriteAsync(string prefix, Picture picture, PictureDamage damage, CancellationToken cancellationToken)
    {
        // A string stands in for the value. Its closing quote is held back until the picture has been written in between:
        // the writer keeps count of commas and braces, and never sees the picture.
        Json.WriteStringValue(prefix);
        Json.Flush();
        await SendAsync(_buffer.WrittenMemory[..^1], cancellationToken);
        _buffer.ResetWrittenCount();
        await SendAsync(picture, damage, cancellationToken);
        await SendAsync(s_quote, cancellationToken);
    }

    /// <summary>Writes what is left.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        Json.Flush();
        var rest = _buffer.WrittenMemory;
        await SendAsync(_cut ? rest[..(rest.Length / 2)] : rest, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        Json.Dispose();
        ArrayPool<byte>.Shared.Return(_encoded);
    }

    private async Task SendAsync(Picture picture, PictureDamage damage, CancellationToken cancellationToken)
    {
        if (_cut)
        {
            picture = new Picture(picture.Bytes[..(picture.Bytes.Length / 2)]);
        }

        if (damage == PictureDamage.BadBase64)
        {
            await SendAsync(s_notBase64, cancellationToken);
        }
        else if (!picture.Base64.IsEmpty && damage is not (PictureDamage.LooseBase64 or PictureDamage.SpacedBase64))
        {
            await SendAsync(picture.Base64, cancellationToken);
        }
        else
        {
            await EncodeAsync(picture.Bytes, damage, cancellationToken);
        }

        for (var left = picture.Padding / 3 * 4; left > 0 && damage != PictureDamage.BadBase64; left -= s_zeros.Length)
        {
            await SendAsync(s_zeros.AsMemory(0, (int)Math.Min(left, s_zeros.Length)), cancellationToken);
        }

        _ended |= _cut;
    }

    private async Task EncodeAsync(byte[] bytes, PictureDamage damage, CancellationToken cancellationToken)
    {
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            var piece = bytes.AsMemory(at, Math.Min(Piece, bytes.Length - at));
            Base64.EncodeToUtf8(piece.Span, _encoded, out _, out var length);
            length = damage == PictureDamage.LooseBase64 ? Loosen(_encoded.AsSpan(0, length)) : length;
            await SendAsync(_encoded.AsMemory(0, length), cancellationToken);
            if (damage == PictureDamage.SpacedBase64)
            {
                await SendAsync(s_space, cancellationToken);
            }
        }
    }

    private static int Loosen(Span<byte> encoded)
    {
        encoded.Replace((byte)'+', (byte)'-');
        encoded.Replace((byte)'/', (byte)'_');
        return encoded.TrimEnd((byte)'=').Length;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_ended || bytes.IsEmpty)
        {
            return;
        }

        if (!_begun && !_insert.IsEmpty)
        {
            await _target.WriteAsync(bytes[..1], cancellationToken);
            await _target.WriteAsync(_insert, cancellationToken);
            bytes = bytes[1..];
        }

        _begun = true;
        await _target.WriteAsync(bytes, cancellationToken);
    }
}
