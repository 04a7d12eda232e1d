namespace Batchwork.Engine.Images;

/// <summary>Makes thumbnails, two at a time: one for the worker, one for whoever looks at a picture the worker has not come to yet.</summary>
public sealed class Thumbnails : IDisposable
{
    private const int Parallel = 2;

    private readonly SemaphoreSlim _gate = new(Parallel, Parallel);
    private readonly IImageStore _images;
    private readonly IThumbnailer _thumbnailer;
    private readonly ThumbnailFolder _folder;

    internal Thumbnails(IImageStore images, IThumbnailer thumbnailer, ThumbnailFolder folder)
    {
        _images = images;
        _thumbnailer = thumbnailer;
        _folder = folder;
    }

    /// <summary>Opens the thumbnail of a picture. One that was not made yet, or was lost, is made first.</summary>
    /// <param name="sha256">The picture's hash.</param>
    /// <param name="mediaType">The picture's type.</param>
    /// <param name="cancellationToken">Cancels the wait for a free place.</param>
    /// <returns>A WebP, or <see langword="null"/> when none can be made.</returns>
    public async Task<Stream?> OpenAsync(string sha256, string mediaType, CancellationToken cancellationToken) =>
        _folder.OpenRead(sha256)
        ?? (await EnsureAsync(sha256, mediaType, cancellationToken) == ThumbnailState.Made ? _folder.OpenRead(sha256) : null);

    /// <summary>Makes the thumbnail of a picture unless there is one. Identical pictures share it.</summary>
    /// <param name="sha256">The picture's hash.</param>
    /// <param name="mediaType">The picture's type.</param>
    /// <param name="cancellationToken">Cancels the wait for a free place; a picture that is being worked on is finished.</param>
    /// <returns>What is to be had now.</returns>
    public async Task<ThumbnailState> EnsureAsync(string sha256, string mediaType, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _folder.Exists(sha256)
                ? ThumbnailState.Made
                : await Task.Run(() => Make(sha256, mediaType), CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private ThumbnailState Make(string sha256, string mediaType)
    {
        using var picture = _images.OpenRead(sha256, mediaType);
        if (picture is null || !_folder.BeginTry(sha256))
        {
            return ThumbnailState.Impossible;
        }

        try
        {
            if (_thumbnailer.Make(picture, mediaType) is not { } thumbnail)
            {
                return ThumbnailState.Impossible;
            }

            _folder.Save(sha256, thumbnail);
            return ThumbnailState.Made;
        }
        finally
        {
            _folder.EndTry(sha256);
        }
    }
}
