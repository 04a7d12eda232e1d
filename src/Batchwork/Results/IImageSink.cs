namespace Batchwork;

/// <summary>
/// Takes pictures while they arrive, so that no picture and no line of results is ever held in memory whole. At the time a picture
/// begins its request may not be known yet: the id can stand behind the picture on the provider's line. Hosted pictures are fetched side by
/// side: several can be under way at a time, each with a writer of its own.
/// </summary>
public interface IImageSink
{
    /// <summary>Begins a picture.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Where its bytes go.</returns>
    ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken);
}

/// <summary>Takes the bytes of one picture. Disposing it before <see cref="CompleteAsync"/> drops what was written.</summary>
public interface IImageWriter : IAsyncDisposable
{
    /// <summary>Takes the next decoded bytes.</summary>
    /// <param name="bytes">The bytes; only valid during the call.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>A task that ends when the bytes are taken.</returns>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Ends the picture.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The picture's bytes, handed on in <see cref="BatchImage.Content"/>.</returns>
    ValueTask<IImageContent> CompleteAsync(CancellationToken cancellationToken);
}
