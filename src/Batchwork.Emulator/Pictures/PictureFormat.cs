namespace Batchwork.Emulator.Pictures;

/// <summary>The file formats pictures are made in.</summary>
internal enum PictureFormat
{
    Png,
    Jpeg,
    Webp,
}
