using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Files;

/// <summary>A file that is arriving: it goes to disk as it comes, each line looked at in passing. What is not kept leaves no trace.</summary>
internal sealed class IncomingFile : IAsyncDisposable
{
    private readonly FileStore _files;
    private readonly string _path;
    private readonly InputScanner _scanner;
    private readonly FileStream _target;

    public IncomingFile(FileStore files, string id, ILineReader lines, int mostRequests)
    {
        _files = files;
        Id = id;
        _path = files.ContentOf(id);
        _scanner = new InputScanner(lines, mostRequests);
        _target = DurableFile.Create(_path + DurableFile.Unfinished);
    }

    public string Id { get; }

    public long Bytes { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _target.WriteAsync(bytes, cancellationToken);
        _scanner.Feed(bytes.Span);
        Bytes += bytes.Length;
    }

    /// <summary>Puts the content in its place. From here on the caller's leaving stops nothing: a file that is kept is in the ledger.</summary>
    public async Task<InputSummary> KeepAsync()
    {
        _target.Flush(flushToDisk: true);
        await _target.DisposeAsync();
        DurableFile.Finish(_path);
        var summary = _scanner.Finish();
        await InputIndex.WriteAsync(_files.IndexOf(Id), _scanner.Lines, CancellationToken.None);
        return summary;
    }

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        File.Delete(_path + DurableFile.Unfinished);
    }
}
