using System.Text;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.OpenAI;

/// <summary>A checked request for pictures.</summary>
internal sealed record ImageCall
{
    public required OpenAIModel Model { get; init; }

    public required PromptMarkers Markers { get; init; }

    public required int Count { get; init; }

    public required ImageSize Size { get; init; }

    public required string Quality { get; init; }

    public required string Background { get; init; }

    public required string OutputFormat { get; init; }

    public required int Compression { get; init; }

    /// <summary>Pictures that go in: edits only.</summary>
    public required int References { get; init; }

    /// <summary>How many pictures come out.</summary>
    public int Pictures => Math.Min(Count, Markers.MostPictures ?? Count);

    public int TextTokens => 4 + (Encoding.UTF8.GetByteCount(Markers.Prompt) / 4);

    public int ImageTokens => References * 323;

    public int OutputTokens => Pictures * (int)(Model.Qualities[Quality] * ((long)Size.Width * Size.Height / (1024d * 1024)));

    public PictureRequest Picture(int index) => new(Markers.Prompt, index, Size.Width, Size.Height, Format)
    {
        Compression = Compression,
        Transparent = Background == "transparent",
    };

    private PictureFormat Format => OutputFormat switch
    {
        "jpeg" => PictureFormat.Jpeg,
        "webp" => PictureFormat.Webp,
        _ => PictureFormat.Png,
    };
}
