using System.Buffers;

namespace Batchwork.Emulator.Files;

/// <summary>The bytes of a file on disk. Opened when it is asked for: it may be removed while it is being sent.</summary>
internal sealed class StoredContent : IFileContent
{
    private const int Piece = 128 * 1024;
    private readonly FileStream _file;

    public StoredContent(string path) =>
        _file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    public long Length => _file.Length;

    public async Task CopyToAsync(Stream target, long from, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            _file.Position = from;
            while (count > 0)
            {
                var read = await _file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
                if (read == 0)
                {
                    throw new InvalidDataException("A file became shorter while it was sent.");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
