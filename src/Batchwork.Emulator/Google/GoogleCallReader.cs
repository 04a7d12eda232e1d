using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Reads a GenerateContentRequest and checks it as the API does: unknown fields are refused by name, as its JSON reader does, and what
/// the model does not make by value. The first problem is the one that is told.
/// </summary>
internal sealed class GoogleCallReader(JsonElement request, GoogleModel model)
{
    private static readonly FrozenSet<string> s_known = Set(
        "model", "contents", "tools", "toolConfig", "safetySettings", "systemInstruction", "generationConfig", "cachedContent");

    private static readonly FrozenSet<string> s_knownToConfig = Set(
        "stopSequences", "responseMimeType", "responseSchema", "responseJsonSchema", "responseModalities", "candidateCount",
        "maxOutputTokens", "temperature", "topP", "topK", "seed", "presencePenalty", "frequencyPenalty", "responseLogprobs", "logprobs",
        "enableEnhancedCivicAnswers", "speechConfig", "thinkingConfig", "imageConfig", "mediaResolution");

    private static readonly FrozenSet<string> s_knownToImages = Set("aspectRatio", "imageSize", "personGeneration");
    private static readonly FrozenSet<string> s_knownToThinking = Set("includeThoughts", "thinkingBudget", "thinkingLevel");
    private static readonly FrozenSet<string> s_modalities = Set("TEXT", "IMAGE", "AUDIO");
    private GoogleError? _error;

    public (GoogleCall? Call, GoogleError? Error) Read()
    {
        Known(request, s_known, "request");
        var prompt = Prompt();
        var config = request.Field("generationConfig") ?? default;
        Known(config, s_knownToConfig, "request.generation_config");
        var modalities = Modalities(config);
        var images = config.Field("imageConfig") ?? default;
        Known(images, s_knownToImages, "request.generation_config.image_config");
        var (width, height, tokens) = Size(images);
        var thinking = config.Field("thinkingConfig") ?? default;
        Known(thinking, s_knownToThinking, "request.generation_config.thinking_config");
        var seed = Whole(config, "seed");
        if (Whole(config, "candidateCount") is > 1)
        {
            Fail(GoogleError.Invalid("Multiple candidates is not enabled for this model"));
        }

        var markers = PromptMarkers.Read(prompt);
        return _error is not null ? (null, _error) : (
            new GoogleCall
            {
                Markers = markers,
                Width = width,
                Height = height,
                PictureTokens = tokens,
                WantsText = modalities.Contains("TEXT"),
                WantsPicture = modalities.Contains("IMAGE"),
                WantsThoughts = markers.Thoughts || thinking.Field("includeThoughts") is { ValueKind: JsonValueKind.True },
                Seed = seed,
            },
            null);
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);

    private void Fail(GoogleError error) => _error ??= error;

    private void Known(JsonElement json, FrozenSet<string> known, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in json.EnumerateObject().Select(property => property.Name))
        {
            if (!known.Contains(GoogleJson.Camel(name)))
            {
                Fail(GoogleError.Invalid(
                    $"Invalid JSON payload received. Unknown name \"{name}\" at '{path}': Cannot find field.", path));
            }
        }
    }

    private string Prompt()
    {
        if (request.Field("contents") is not { ValueKind: JsonValueKind.Array } contents || contents.GetArrayLength() == 0)
        {
            Fail(GoogleError.Invalid("* GenerateContentRequest.contents: contents is not specified\n"));
            return "";
        }

        var prompt = new StringBuilder();
        var parts = contents.EnumerateArray().SelectMany(content =>
            content.Field("parts") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default);
        foreach (var text in parts.Select(part => part.Text("text")).OfType<string>())
        {
            prompt.Append(prompt.Length == 0 ? "" : " ").Append(text);
        }

        if (prompt.Length == 0)
        {
            Fail(GoogleError.Invalid("* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n"));
        }

        return prompt.ToString();
    }

    private List<string> Modalities(JsonElement config)
    {
        if (config.Field("responseModalities") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            return ["TEXT", "IMAGE"];
        }

        List<string> modalities =
            [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()!.ToUpperInvariant() : "")];
        if (modalities.FirstOrDefault(one => !s_modalities.Contains(one)) is { } odd)
        {
            Fail(GoogleError.Invalid($"Invalid value at 'request.generation_config.response_modalities': \"{odd}\""));
        }
        else if (modalities.Contains("AUDIO"))
        {
            Fail(GoogleError.Invalid("The requested combination of response modalities is not supported by the model."));
        }

        return modalities;
    }

    private (int Width, int Height, int Tokens) Size(JsonElement images)
    {
        var ratio = images.Text("aspectRatio") ?? "1:1";
        var size = images.Text("imageSize");
        if (!model.Ratios.Contains(ratio))
        {
            Fail(GoogleError.Invalid($"Aspect ratio {ratio} is not supported. Supported: {string.Join(", ", model.Ratios)}."));
            return default;
        }

        if (size is not null && (!model.TakesSize || model.Sizes.All(known => known.Size != size)))
        {
            Fail(GoogleError.Invalid(model.TakesSize
                ? $"Image size {size} is not supported. Supported: {string.Join(", ", model.Sizes.Select(known => known.Size))}."
                : "Image size is not supported by this model."));
            return default;
        }

        var chosen = size is null ? model.Sizes[0] : model.Sizes.First(known => known.Size == size);
        var side = chosen.Size switch { "512" => 512, "2K" => 2048, "4K" => 4096, _ => 1024 };
        var (width, height) = AspectRatio.Fit(ratio, side);
        return (width, height, chosen.Tokens);
    }

    private long? Whole(JsonElement json, string name)
    {
        if (json.Field(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        var path = "request.generation_config." + JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        Fail(GoogleError.Invalid($"Invalid value at '{path}' (TYPE_INT32), {value.GetRawText()}"));
        return null;
    }
}
