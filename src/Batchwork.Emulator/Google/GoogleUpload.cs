using System.Security.Cryptography;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Google;

/// <summary>An upload that is under way, or done: what its session address stands for. Sessions do not outlive the emulator.</summary>
internal sealed class GoogleUpload(IncomingFile file) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IncomingFile? _file = file;

    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string MediaType { get; init; }

    /// <summary>The key it was begun with, as in the ledger.</summary>
    public required string Key { get; init; }

    /// <summary>How many bytes were announced, if any were.</summary>
    public required long? Announced { get; init; }

    /// <summary>The file, once the upload is finalized.</summary>
    public FileRecord? Done { get; private set; }

    /// <summary>Whether the caller gave it up.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>How many bytes have arrived.</summary>
    public long Received { get; private set; }

    /// <summary>What the header <c>x-goog-upload-status</c> says.</summary>
    public string Status => Done is not null ? "final" : IsCancelled ? "cancelled" : "active";

    /// <summary>One call at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    private IncomingFile File => _file ?? throw new InvalidOperationException("The upload is over.");

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await File.WriteAsync(bytes, cancellationToken);
        _hash.AppendData(bytes.Span);
        Received += bytes.Length;
    }

    /// <summary>Makes a file of what has arrived.</summary>
    public async Task<FileRecord> FinishAsync(Func<string, InputSummary, string, FileRecord> keep)
    {
        Done = keep(File.Id, await File.KeepAsync(), Convert.ToHexStringLower(_hash.GetHashAndReset()));
        await LetGoAsync();
        return Done;
    }

    public async Task CancelAsync()
    {
        IsCancelled = Done is null;
        await LetGoAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await LetGoAsync();
        _hash.Dispose();
        Turn.Dispose();
    }

    // What is over needs no more memory than its name.
    private async Task LetGoAsync()
    {
        if (_file is { } file)
        {
            _file = null;
            await file.DisposeAsync();
        }
    }
}
