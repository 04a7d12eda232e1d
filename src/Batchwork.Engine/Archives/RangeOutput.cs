using System.Buffers;
using Batchwork.Engine.Images;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Sends the bytes of an archive from one position to another, so that a broken download can be taken up where it stopped. Pictures outside are
/// not even opened.
/// </summary>
/// <remarks>
/// A picture whose file is gone or cut short is sent as zeros from there on. Its entry's CRC-32 then gives it away: whoever unpacks is told that
/// this one file is damaged, and gets all the others. Ending the download instead would keep them from those for ever, and leaving the entry out
/// would break the length and the positions that were promised.
/// </remarks>
internal sealed partial class RangeOutput(Stream target, IImageStore images, long from, long to, ILogger logger) : IZipOutput, IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 20);

    public long Position { get; private set; }

    public bool IsSated => Position >= to;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var (start, end) = Overlap(bytes.Length);
        Position += bytes.Length;
        if (end > start)
        {
            await target.WriteAsync(bytes[(int)start..(int)end], cancellationToken);
        }
    }

    public async ValueTask WritePictureAsync(string sha256, string mediaType, long length, CancellationToken cancellationToken)
    {
        var (start, end) = Overlap(length);
        Position += length;
        if (end <= start)
        {
            return;
        }

        await using var picture = images.OpenRead(sha256, mediaType);
        picture?.Seek(Math.Min(start, picture.Length), SeekOrigin.Begin);
        var left = end - start;
        while (left > 0 && picture is not null)
        {
            // Not awaited: a file's asynchronous read is this same call on another thread, and the way there and back costs more than the copy.
#pragma warning disable CA1849
            var read = picture.Read(_buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length)));
#pragma warning restore CA1849
            if (read == 0)
            {
                break;
            }

            await target.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }

        if (left > 0)
        {
            LogDamaged(sha256, left);
            await FillAsync(left, cancellationToken);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Which of the next bytes lie within the range.</summary>
    private (long Start, long End) Overlap(long length) =>
        (Math.Clamp(from - Position, 0, length), Math.Clamp(to - Position, 0, length));

    private async Task FillAsync(long length, CancellationToken cancellationToken)
    {
        _buffer.AsSpan().Clear();
        for (; length > 0; length -= _buffer.Length)
        {
            await target.WriteAsync(_buffer.AsMemory(0, (int)Math.Min(length, _buffer.Length)), cancellationToken);
        }
    }

    [LoggerMessage(6001, LogLevel.Error, "The stored picture {Sha256} lacks {Bytes} bytes; an archive carries zeros in their place")]
    private partial void LogDamaged(string sha256, long bytes);
}
