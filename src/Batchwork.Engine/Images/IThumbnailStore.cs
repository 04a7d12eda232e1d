namespace Batchwork.Engine.Images;

/// <summary>Where thumbnails lie, by the hash of their original. They can always be made again.</summary>
public interface IThumbnailStore
{
    /// <summary>Removes a thumbnail. One that is not there counts as removed.</summary>
    /// <param name="sha256">The hash of its original.</param>
    void Delete(string sha256);
}
