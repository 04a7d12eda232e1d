using System.Text;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Google;

/// <summary>A checked request for content. It yields one picture; there is no count.</summary>
internal sealed record GoogleCall
{
    public required PromptMarkers Markers { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Output tokens of a picture.</summary>
    public required int PictureTokens { get; init; }

    /// <summary>Whether the answer may hold text.</summary>
    public required bool WantsText { get; init; }

    /// <summary>Whether the answer may hold a picture.</summary>
    public required bool WantsPicture { get; init; }

    /// <summary>Whether thoughts are shown: drafts of the picture among them.</summary>
    public required bool WantsThoughts { get; init; }

    /// <summary>Part of the picture's identity: same seed, same picture.</summary>
    public long? Seed { get; init; }

    public bool HasPicture =>
        WantsPicture && !Markers.TextOnly && Markers is { MostPictures: not 0, RefusedAt: null, FinishReason: null };

    public int PromptTokens => 4 + (Encoding.UTF8.GetByteCount(Markers.Prompt) / 4);

    public int ThoughtTokens => WantsThoughts ? 120 : 0;

    public int OutputTokens => HasPicture ? PictureTokens : 0;

    public PictureRequest Picture(int index, string format) =>
        new(Seed is { } seed ? $"{Markers.Prompt} #{seed}" : Markers.Prompt, index, Width, Height, FormatOf(format));

    private static PictureFormat FormatOf(string format) => format switch
    {
        "jpeg" => PictureFormat.Jpeg,
        "webp" => PictureFormat.Webp,
        _ => PictureFormat.Png,
    };
}
