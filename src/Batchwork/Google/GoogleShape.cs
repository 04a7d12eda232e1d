using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Google;

/// <summary>The shape and size of a request's picture, each from wherever it was written: field, option, or a size in pixels that says both.</summary>
internal sealed class GoogleShape
{
    public const string RatioOption = "imageConfig.aspectRatio";
    public const string SizeOption = "imageConfig.imageSize";

    private GoogleShape(Choice? ratio, Choice? size, IReadOnlyList<Choice> losers, GooglePixels? pixels)
    {
        Ratio = ratio;
        Size = size;
        Losers = losers;
        Pixels = pixels;
    }

    /// <summary>The shape that is sent.</summary>
    public Choice? Ratio { get; }

    /// <summary>The size that is sent: <c>1K</c>, <c>2K</c>, …</summary>
    public Choice? Size { get; }

    /// <summary>What was written and is not sent, because something else wins.</summary>
    public IReadOnlyList<Choice> Losers { get; }

    /// <summary>What a size in pixels means here; <see langword="null"/> when none was given.</summary>
    public GooglePixels? Pixels { get; }

    /// <summary>Chooses. The row beats the default, then the field beats the option, and both beat what follows from a size in pixels.</summary>
    public static GoogleShape Of(EffectiveRequest request, GoogleOptions options, GoogleSizes sizes)
    {
        var pixels = request.Size.Value is { } text && !sizes.IsNamed(text) ? sizes.Read(text) : null;
        var ratios = new List<Choice>();
        Add(ratios, "aspectRatio", request.AspectRatio.Value, request.AspectRatio.Origin);
        Add(ratios, options.Find(RatioOption));
        Add(ratios, "size", pixels?.Ratio, request.Size.Origin);
        var chosenSizes = new List<Choice>();
        Add(chosenSizes, "size", pixels is null ? request.Size.Value : pixels.Size, request.Size.Origin);
        Add(chosenSizes, options.Find(SizeOption));

        var ratio = ratios.MinBy(r => r.Origin);
        var size = chosenSizes.MinBy(s => s.Origin);
        List<Choice> losers = [.. ratios.Where(r => r.Value != ratio!.Value), .. chosenSizes.Where(s => s.Value != size!.Value)];
        return new GoogleShape(ratio, size, losers, pixels);
    }

    private static void Add(List<Choice> choices, string field, string? value, ValueOrigin origin)
    {
        if (value is not null)
        {
            choices.Add(new Choice(field, value, origin));
        }
    }

    // An option of another kind than text is judged, and sent, as an option.
    private static void Add(List<Choice> choices, GoogleOption? option)
    {
        if (option is not null && TextOf(option.Value.Value!) is { } value)
        {
            Add(choices, $"providerOptions.{GoogleWire.Provider}.{option.WrittenAs}", value, option.Value.Origin);
        }
    }

    /// <summary>The text of an option's value; <see langword="null"/> when it is none.</summary>
    public static string? TextOf(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A value and where it was written.</summary>
    internal sealed record Choice(string Field, string Value, ValueOrigin Origin);
}
