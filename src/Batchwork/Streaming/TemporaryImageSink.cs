using Batchwork.Streaming;

namespace Batchwork;

/// <summary>
/// Keeps small pictures in memory and others in temporary files, which vanish when their <see cref="BatchResult"/> is disposed. The memory of all pictures
/// of a sink together is bounded: when it is used up, small ones go to files as well. The default of <see cref="ResultReadOptions.Sink"/>.
/// </summary>
public sealed class TemporaryImageSink : IImageSink
{
    private readonly string _folder;
    private long _memory;

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where the files go; the system's folder for temporary files by default.</param>
    public TemporaryImageSink(string? folder = null)
    {
        _folder = folder ?? Path.GetTempPath();
    }

    /// <summary>Largest picture that is kept in memory, in bytes. Default 256 KiB.</summary>
    public int MaxPictureInMemory { get; init; } = 256 * 1024;

    /// <summary>Most memory for all pictures together, in bytes. Default 32 MiB.</summary>
    public long MaxMemory { get; init; } = 32 * 1024 * 1024;

    /// <summary>Whether only this user may read the files.</summary>
    internal bool IsPrivate { get; init; } = true;

    /// <inheritdoc/>
    public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IImageWriter>(new Writer(this));
    }

    private bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _memory, bytes) <= MaxMemory)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    private void Release(int bytes) => Interlocked.Add(ref _memory, -bytes);

    private ImageFileWriter NewFile()
    {
        Directory.CreateDirectory(_folder);
        return new ImageFileWriter(Path.Combine(_folder, $"batchwork-{Path.GetRandomFileName()}.part"), isTemporary: true, IsPrivate);
    }

    private sealed class Writer(TemporaryImageSink sink) : IImageWriter
    {
        private MemoryStream? _memory = new();
        private ImageFileWriter? _file;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            if (_memory is { } memory && memory.Length + bytes.Length <= sink.MaxPictureInMemory)
            {
                memory.Write(bytes.Span);
                return;
            }

            var file = await SpillAsync(cancellationToken).ConfigureAwait(false);
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken)
        {
            if (_memory is { } memory && sink.TryReserve((int)memory.Length))
            {
                _memory = null;
                return new MemoryImageContent(memory.ToArray(), sink.Release);
            }

            var file = await SpillAsync(cancellationToken).ConfigureAwait(false);
            return await file.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async ValueTask<ImageFileWriter> SpillAsync(CancellationToken cancellationToken)
        {
            _file ??= sink.NewFile();
            if (_memory is { } memory)
            {
                _memory = null;
                await _file.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), cancellationToken).ConfigureAwait(false);
            }

            return _file;
        }
    }
}
