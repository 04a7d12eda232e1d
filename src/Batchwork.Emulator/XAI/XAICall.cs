using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.XAI;

/// <summary>A checked request for pictures.</summary>
internal sealed record XAICall
{
    public required PromptMarkers Markers { get; init; }

    public required int Count { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>JPEG at 1k, PNG above: so it has been observed. A request cannot choose.</summary>
    public required PictureFormat Format { get; init; }

    /// <summary>Whether the pictures come as base64, not as addresses.</summary>
    public required bool AsBase64 { get; init; }

    /// <summary>The price of a picture, in ticks of 1e-10 dollars.</summary>
    public required long Ticks { get; init; }

    /// <summary>How many pictures come out.</summary>
    public int Pictures => Math.Min(Count, Markers.MostPictures ?? Count);

    public string MediaType => Format == PictureFormat.Jpeg ? "image/jpeg" : "image/png";

    public PictureRequest Picture(int index) => new(Markers.Prompt, index, Width, Height, Format);
}
