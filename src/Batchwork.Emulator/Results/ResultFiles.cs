using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Results;

/// <summary>
/// Sees to it that the result files of a batch are made: from the first look at a running batch on, so that they are there when its
/// schedule ends. They follow from the record alone, so whatever was not finished, or was dropped to save space, is simply made again.
/// </summary>
internal sealed partial class ResultFiles(
    BatchStore batches,
    FileStore files,
    ResultWriter writer,
    EmulatorLedger ledger,
    ResultsOnDisk disk,
    SettingsStore settings,
    ILogger<ResultFiles> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Making> _making = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = new(2);
    private bool _closed;

    /// <summary>Begins to make a batch's files if nobody has; the task ends when they are there.</summary>
    public Task MakeAsync(BatchRecord batch)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_making.TryGetValue(batch.Id, out var making))
            {
                making = _making[batch.Id] = new Making(token => RunAsync(batch.Id, token));
            }

            return making.Task;
        }
    }

    /// <summary>Stops making a batch's files: it was cancelled, and will have others.</summary>
    public Task StopAsync(BatchRecord batch)
    {
        lock (_lock)
        {
            return _making.TryGetValue(batch.Id, out var making) ? StopAsync(making) : Task.CompletedTask;
        }
    }

    /// <summary>Opens a result file, making it again if need be.</summary>
    public async Task<IFileContent> OpenAsync(FileRecord file, CancellationToken cancellationToken)
    {
        var batch = batches.Find(file.BatchId!) ?? throw new InvalidDataException($"{file.Id} belongs to no batch.");
        if (IsRepeated(batch, file.Part))
        {
            return new RepeatedContent(batch, writer, file.Bytes);
        }

        if (disk.Open(file) is { } content)
        {
            return content;
        }

        await MakeAsync(batch).WaitAsync(cancellationToken);
        return disk.Open(files.Find(file.Provider, file.Id) ?? file)
            ?? throw new InvalidDataException($"{file.Id} could not be made again.");
    }

    public async ValueTask DisposeAsync()
    {
        Task[] stopped;
        lock (_lock)
        {
            _closed = true;
            stopped = [.. _making.Values.ToArray().Select(StopAsync)];
        }

        await Task.WhenAll(stopped);
        _places.Dispose();
    }

    // Asked to stop under the lock, while it is still among those being made; waited for outside.
    private static async Task StopAsync(Making making)
    {
        making.Cancel();
        await making.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Yields first: the entry removed at the end must have been made.
    private async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await MakeAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotMade(e, id);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _making.Remove(id, out var making);
                making?.Dispose();
            }
        }
    }

    private static bool IsRepeated(BatchRecord batch, FilePart part) => batch.Repeat > 0 && part == FilePart.Output;

    private async Task MakeAsync(string id, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var batch = batches.Find(id) ?? throw new InvalidOperationException($"There is no batch {id}.");
            var (results, outputBytes, errorBytes) = await WriteAsync(batch, cancellationToken);
            Keep(batch, FilePart.Output, batch.OutputFileId, outputBytes);
            Keep(batch, FilePart.Errors, batch.ErrorFileId, errorBytes);
            results = results with
            {
                OutputFileId = outputBytes > 0 ? batch.OutputFileId : null,
                ErrorFileId = errorBytes > 0 ? batch.ErrorFileId : null,
            };

            // Cancelled meanwhile: what was made is too much, and is made again when someone looks.
            batches.Change(id, now => now.CancelRequestedAt == batch.CancelRequestedAt ? now with { Results = results } : now);
            disk.MakeRoom(settings.Current.ResultsOnDisk, batch);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<(BatchResults Results, long OutputBytes, long ErrorBytes)> WriteAsync(
        BatchRecord batch, CancellationToken cancellationToken)
    {
        await using var errors = DurableFile.Create(files.ResultsOf(batch.ErrorFileId) + DurableFile.Unfinished);
        if (IsRepeated(batch, FilePart.Output))
        {
            await using var count = new CountingStream();
            var counted = await writer.WriteAsync(batch, count, errors, () => false, cancellationToken);
            return (counted, count.Count, errors.Length);
        }

        await using var output = DurableFile.Create(files.ResultsOf(batch.OutputFileId) + DurableFile.Unfinished);
        await using var buffered = new BufferedStream(output, 256 * 1024);
        var results = await writer.WriteAsync(batch, buffered, errors, () => false, cancellationToken);
        await buffered.FlushAsync(cancellationToken);
        return (results, output.Length, errors.Length);
    }

    // The record goes first: a file without a record would never be removed, a record without its file is made again.
    private void Keep(BatchRecord batch, FilePart part, string id, long bytes)
    {
        var unfinished = files.ResultsOf(id) + DurableFile.Unfinished;
        if (bytes == 0)
        {
            File.Delete(unfinished);
            files.Purge(id);
            return;
        }

        var at = new BatchTimeline(batch).EndsAt();
        var known = files.Record(id);
        files.Add(new FileRecord
        {
            Id = id,
            Sequence = known?.Sequence ?? ledger.NextSequence(),
            Provider = batch.Provider,
            Part = part,
            Purpose = "batch_output",
            Filename = $"{batch.Id}_{(part == FilePart.Output ? "output" : "error")}.jsonl",
            Bytes = bytes,
            CreatedAt = at,
            ExpiresAt = at + batch.ResultsLive,
            ListedAt = at,
            DeletedAt = known?.DeletedAt,
            BatchId = batch.Id,
        });
        if (File.Exists(unfinished))
        {
            DurableFile.Finish(files.ResultsOf(id));
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "The results of {BatchId} could not be made")]
    private partial void NotMade(Exception e, string batchId);
}
