namespace Batchwork.Streaming;

/// <summary>A picture in a file.</summary>
/// <param name="path">The file.</param>
/// <param name="length">Its length.</param>
/// <param name="isTemporary">Whether the file goes with the content.</param>
internal sealed class FileImageContent(string path, long length, bool isTemporary) : IImageContent
{
    ~FileImageContent() => Delete();

    public long Length { get; } = length;

    public string Path { get; } = path;

    public Stream OpenRead() =>
        new FileStream(Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0, Share = FileShare.Read | FileShare.Delete });

    public ValueTask DisposeAsync()
    {
        Delete();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private void Delete()
    {
        if (!isTemporary)
        {
            return;
        }

        try
        {
            File.Delete(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Open elsewhere (Windows), or its folder was cleaned up: not worth an exception.
        }
    }
}
