using Microsoft.Win32.SafeHandles;

namespace Batchwork.Engine.Images;

/// <summary>A picture that has arrived, in a file of the store that is not durable yet.</summary>
public sealed class ReceivedPicture : IImageContent
{
    internal ReceivedPicture(string path, SafeFileHandle handle)
    {
        Path = path;
        Handle = handle;
    }

    public required string Sha256 { get; init; }

    public required uint Crc32 { get; init; }

    public required long Length { get; init; }

    /// <summary>The type told by the bytes.</summary>
    public required string MediaType { get; init; }

    /// <summary>What its header says; <see langword="null"/> when it makes no sense or the type is not one of ours.</summary>
    public required ImageHeader? Header { get; init; }

    /// <summary>Whether its end is where its format says; a picture that was cut off is damaged.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether it was made durable.</summary>
    public bool IsCommitted { get; private set; }

    internal SafeFileHandle Handle { get; }

    internal string Path { get; private set; }

    public Stream OpenRead() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public ValueTask DisposeAsync()
    {
        Handle.Dispose();
        if (!IsCommitted)
        {
            File.Delete(Path);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Takes note that the store moved it to its place.</summary>
    internal void CommittedAs(string path)
    {
        Path = path;
        IsCommitted = true;
    }
}
