namespace Batchwork.Engine.Images;

/// <summary>Where pictures lie, addressed by the SHA-256 of their bytes. Bytes are never altered.</summary>
public interface IImageStore : IImageSink
{
    /// <summary>Makes finished pictures durable, all at once: after this they survive a power cut and may be named in the database.</summary>
    /// <param name="pictures">Pictures that this store's writers completed.</param>
    /// <param name="cancellationToken">Cancels the wait; what is not committed is dropped with its writer.</param>
    Task CommitAsync(IReadOnlyCollection<ReceivedPicture> pictures, CancellationToken cancellationToken);

    /// <summary>Opens a stored picture.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="mediaType">Its type.</param>
    /// <returns>A seekable stream, or <see langword="null"/> when it is not there.</returns>
    Stream? OpenRead(string sha256, string mediaType);

    /// <summary>Removes a stored picture. One that is not there counts as removed.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="mediaType">Its type.</param>
    void Delete(string sha256, string mediaType);
}
