using System.Buffers;
using System.Security.Cryptography;
using Batchwork.Engine.Hosting;

namespace Batchwork.Engine.Sheets;

/// <summary>An upload on disk, so that it can be read as often as needed in bounded memory. It is gone when it is disposed.</summary>
internal sealed class SpooledSheet : IAsyncDisposable
{
    private SpooledSheet(FileStream file) => File = file;

    public FileStream File { get; }

    public long Bytes { get; private set; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Whether the upload went past its bound; it was then not read to its end.</summary>
    public bool IsTooLarge { get; private set; }

    public static async Task<SpooledSheet> ReceiveAsync(Stream upload, DataFolder folder, Guid id, long maxBytes, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            Path.Combine(folder.Spool, $"sheet-{id:N}.tmp"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            });
        var spooled = new SpooledSheet(file);
        try
        {
            await spooled.CopyAsync(upload, maxBytes, cancellationToken);
            return spooled;
        }
        catch
        {
            await spooled.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => File.DisposeAsync();

    private async Task CopyAsync(Stream upload, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            while (await upload.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                Bytes += read;
                if (Bytes > maxBytes)
                {
                    IsTooLarge = true;
                    return;
                }

                hash.AppendData(buffer, 0, read);
                await File.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await File.FlushAsync(cancellationToken);
        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
