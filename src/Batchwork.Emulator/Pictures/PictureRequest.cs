namespace Batchwork.Emulator.Pictures;

/// <summary>Everything a picture depends on, besides the emulator's seed.</summary>
/// <param name="Prompt">The prompt without markers.</param>
/// <param name="Index">Which of the pictures of one prompt, from 0.</param>
internal sealed record PictureRequest(string Prompt, int Index, int Width, int Height, PictureFormat Format)
{
    /// <summary>For JPEG and WebP, 0 to 100.</summary>
    public int Compression { get; init; } = 90;

    /// <summary>A see-through ground (PNG and WebP).</summary>
    public bool Transparent { get; init; }
}
