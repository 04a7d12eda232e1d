namespace Batchwork;

/// <summary>The decoded bytes of one picture, wherever the sink put them.</summary>
public interface IImageContent : IAsyncDisposable
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Opens the bytes from their start.</summary>
    /// <returns>A readable stream, to be disposed by the caller.</returns>
    Stream OpenRead();
}
