using System.Security.Cryptography;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Google;

/// <summary>An upload that is under way, or done: what its session address stands for. Sessions do not outlive the emulator.</summary>
internal sealed class GoogleUpload(IncomingFile file) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string MediaType { get; init; }

    public required string Key { get; init; }

    /// <summary>How many bytes were announced, if any were.</summary>
    public long? Announced { get; init; }

    public IncomingFile File { get; } = file;

    /// <summary>The file, once the upload is finalized.</summary>
    public FileRecord? Done { get; set; }

    /// <summary>Whether the caller gave it up.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>One call at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await File.WriteAsync(bytes, cancellationToken);
        _hash.AppendData(bytes.Span);
    }

    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        _hash.Dispose();
        Turn.Dispose();
    }
}
