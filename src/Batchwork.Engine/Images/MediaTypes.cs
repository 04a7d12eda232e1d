namespace Batchwork.Engine.Images;

/// <summary>Types of pictures, told by their first bytes. Only PNG, JPEG and WebP are ever opened or shown inline; everything else is kept as a download.</summary>
public static class MediaTypes
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string WebP = "image/webp";
    public const string Unknown = "application/octet-stream";

    /// <summary>Bytes needed to tell a type.</summary>
    public const int SniffLength = 16;

    /// <summary>Tells a type by its first bytes.</summary>
    /// <param name="head">The first bytes, at least <see cref="SniffLength"/> where there are so many.</param>
    /// <returns>One of the constants of this class.</returns>
    public static string Sniff(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? WebP
        : Unknown;

    /// <summary>Whether pictures of this type are shown inline.</summary>
    /// <param name="mediaType">The type.</param>
    /// <returns><see langword="true"/> for PNG, JPEG and WebP.</returns>
    public static bool IsShown(string mediaType) => mediaType is Png or Jpeg or WebP;

    /// <summary>The file ending of a type, with its dot.</summary>
    /// <param name="mediaType">The type.</param>
    /// <returns>For example <c>.png</c>; <c>.bin</c> for unknown types.</returns>
    public static string Extension(string mediaType) => mediaType switch
    {
        Png => ".png",
        Jpeg => ".jpg",
        WebP => ".webp",
        _ => ".bin",
    };

    /// <summary>The type of a stored file, told by the ending <see cref="Extension"/> gave it.</summary>
    /// <param name="extension">For example <c>.png</c>.</param>
    /// <returns>One of the constants of this class.</returns>
    public static string OfExtension(string extension) => extension switch
    {
        ".png" => Png,
        ".jpg" => Jpeg,
        ".webp" => WebP,
        _ => Unknown,
    };
}
