namespace Batchwork.Emulator.Files;

/// <summary>The bytes of a file, to be read from any place.</summary>
internal interface IFileContent : IAsyncDisposable
{
    long Length { get; }

    Task CopyToAsync(Stream target, long from, long count, CancellationToken cancellationToken);
}
