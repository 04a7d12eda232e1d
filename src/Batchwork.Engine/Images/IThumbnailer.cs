namespace Batchwork.Engine.Images;

/// <summary>Makes small pictures of large ones.</summary>
public interface IThumbnailer
{
    /// <summary>Makes a WebP whose longest edge is at most 512 pixels, without the original's metadata.</summary>
    /// <param name="picture">The picture at its start; must be able to seek.</param>
    /// <param name="mediaType">Its type, told by its bytes.</param>
    /// <returns>The thumbnail, or <see langword="null"/> when none can be made: the picture is damaged, too large, or of a type that is never opened.</returns>
    byte[]? Make(Stream picture, string mediaType);
}
