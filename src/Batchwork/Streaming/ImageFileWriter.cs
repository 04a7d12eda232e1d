namespace Batchwork.Streaming;

/// <summary>Writes one picture to a new file.</summary>
internal sealed class ImageFileWriter : IImageWriter
{
    private readonly string _path;
    private readonly bool _isTemporary;
    private FileStream? _file;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="isTemporary">Whether it goes with its content.</param>
    /// <param name="isPrivate">Whether it is nobody else's to read.</param>
    public ImageFileWriter(string path, bool isTemporary, bool isPrivate)
    {
        _path = path;
        _isTemporary = isTemporary;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
    }

    // Not asynchronous on purpose: the bytes go to the system's cache, which takes less time than handing the work to another thread.
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_file is null, this);
        cancellationToken.ThrowIfCancellationRequested();
        _file.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_file is null, this);
        var length = _file.Position;
        _file.Dispose();
        _file = null;
        return ValueTask.FromResult<IImageContent>(new FileImageContent(_path, length, _isTemporary));
    }

    public ValueTask DisposeAsync()
    {
        if (_file is { } file)
        {
            _file = null;
            file.Dispose();
            File.Delete(_path);
        }

        return ValueTask.CompletedTask;
    }
}
