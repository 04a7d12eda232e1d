using Microsoft.Win32.SafeHandles;

namespace Batchwork.Engine.Images;

/// <summary>A picture that has arrived whole but is not durable yet.</summary>
public sealed class ReceivedPicture : IImageContent
{
    private readonly string _path;

    internal ReceivedPicture(string path, SafeFileHandle handle)
    {
        _path = path;
        Handle = handle;
    }

    public required string Sha256 { get; init; }

    public required uint Crc32 { get; init; }

    public required long Length { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Whether it was made durable.</summary>
    public bool IsCommitted { get; internal set; }

    internal SafeFileHandle Handle { get; }

    internal string TemporaryPath => _path;

    public Stream OpenRead() => new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public ValueTask DisposeAsync()
    {
        Handle.Dispose();
        if (!IsCommitted)
        {
            File.Delete(_path);
        }

        return ValueTask.CompletedTask;
    }
}
