using System.Collections.Frozen;
using System.Text.Json;
using Batchwork.Emulator.Markers;

namespace Batchwork.Emulator.OpenAI;

/// <summary>
/// Reads the body of a request for pictures and checks it as the API does when the request is run: what is wrong here fails the
/// request, not the batch. The first problem is the one that is told.
/// </summary>
internal sealed class ImageCallReader(JsonElement body, string endpoint)
{
    private const int LongestPrompt = 32_000;
    private const int MostReferences = 16;
    private static readonly string[] s_formats = ["png", "webp", "jpeg"];
    private static readonly string[] s_backgrounds = ["transparent", "opaque", "auto"];
    private static readonly string[] s_moderations = ["auto", "low"];
    private static readonly string[] s_fidelities = ["high", "low"];
    private static readonly FrozenSet<string> s_known = new[]
    {
        "model", "prompt", "n", "size", "quality", "background", "output_format", "output_compression", "moderation", "user",
        "safety_identifier", "stream", "partial_images",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_knownToEdits = new[] { "image", "images", "mask", "input_fidelity" }.ToFrozenSet(StringComparer.Ordinal);
    private OpenAIError? _error;

    private bool IsEdit => endpoint == OpenAIEndpoints.Edits;

    /// <summary>Reads the body.</summary>
    /// <param name="otherwise">The format of pictures whose request names none.</param>
    public (ImageCall? Call, OpenAIError? Error) Read(string otherwise)
    {
        var model = OpenAIModels.Find(Text("model"))!;
        var prompt = Prompt();
        Unknown();
        Streaming();
        var count = Whole("n", 1, 10) ?? 1;
        var size = Size(model);
        var quality = Choice("quality", [.. model.Qualities.Keys, "auto"]) ?? "auto";
        var background = Choice("background", s_backgrounds) ?? "auto";
        var format = Choice("output_format", s_formats) ?? (background == "transparent" ? "png" : otherwise);
        var compression = Whole("output_compression", 0, 100) ?? 100;
        _ = Choice("moderation", s_moderations);
        _ = Choice("input_fidelity", s_fidelities);
        var references = References();
        if (background == "transparent" && format == "jpeg")
        {
            Fail(OpenAIError.Request("A transparent background needs the output format 'png' or 'webp'.", "background", "invalid_value"));
        }

        return _error is not null ? (null, _error) : (
            new ImageCall
            {
                Model = model,
                Markers = PromptMarkers.Read(prompt),
                Count = count,
                Size = size,
                Quality = quality == "auto" ? "medium" : quality,
                Background = background == "auto" ? "opaque" : background,
                OutputFormat = format,
                Compression = compression,
                References = references,
            },
            null);
    }

    private void Fail(OpenAIError error) => _error ??= error;

    private string? Text(string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fail(OpenAIError.TypeOf(name, "a string"));
            return null;
        }

        return value.GetString();
    }

    private string Prompt()
    {
        var prompt = Text("prompt") ?? "";
        if (prompt.Length == 0)
        {
            Fail(OpenAIError.Missing("prompt"));
        }
        else if (prompt.Length > LongestPrompt && prompt.EnumerateRunes().Count() is > LongestPrompt and var length)
        {
            var message = $"Invalid 'prompt': string too long. Expected at most {LongestPrompt} characters, got {length}.";
            Fail(OpenAIError.Request(message, "prompt", "string_above_max_length"));
        }

        return prompt;
    }

    private void Unknown()
    {
        foreach (var name in body.EnumerateObject().Select(property => property.Name))
        {
            if (!s_known.Contains(name) && !(IsEdit && s_knownToEdits.Contains(name)))
            {
                Fail(OpenAIError.Request($"Unknown parameter: '{name}'.", name, "unknown_parameter"));
            }
        }
    }

    private void Streaming()
    {
        var streams = body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;
        if (streams || (body.TryGetProperty("partial_images", out var partial) && partial.ValueKind == JsonValueKind.Number))
        {
            Fail(OpenAIError.Request("A batch cannot stream.", "stream", "unsupported_parameter"));
        }
    }

    private int? Whole(string name, int least, int most)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            Fail(OpenAIError.TypeOf(name, "an integer"));
            return null;
        }

        if (number < least || number > most)
        {
            var (bound, side, code) = number < least ? (least, ">=", "integer_below_min_value") : (most, "<=", "integer_above_max_value");
            Fail(OpenAIError.Request($"Invalid '{name}': expected a value {side} {bound}, but got {number} instead.", name, code));
        }

        return number;
    }

    private string? Choice(string name, IReadOnlyList<string> choices)
    {
        var value = Text(name);
        if (value is not null && !choices.Contains(value))
        {
            Fail(OpenAIError.Value(name, value, choices));
        }

        return value;
    }

    private ImageSize Size(OpenAIModel model)
    {
        var text = Text("size") ?? "auto";
        if (text == "auto")
        {
            return new ImageSize(1024, 1024);
        }

        if (model.Sizes.Count > 0)
        {
            _ = Choice("size", [.. model.Sizes, "auto"]);
        }
        else if (ImageSize.Parse(text) is not { IsFree: true })
        {
            Fail(OpenAIError.Request($"Invalid size '{text}'. {ImageSize.Rule}", "size", "invalid_value"));
        }

        return ImageSize.Parse(text) ?? default;
    }

    private int References()
    {
        if (!IsEdit)
        {
            return 0;
        }

        if (body.TryGetProperty("images", out var images)
            && images.ValueKind == JsonValueKind.Array
            && images.GetArrayLength() is > 0 and <= MostReferences)
        {
            return images.GetArrayLength();
        }

        Fail(OpenAIError.Missing("images"));
        return 0;
    }
}
