using System.Collections.Frozen;
using System.Text.Json;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.XAI;

/// <summary>
/// Reads the body of a request for pictures and checks it as the API does when the request is run. The first problem is the one that is
/// told.
/// </summary>
internal sealed class XAICallReader(JsonElement body)
{
    public const int LongestPrompt = 8000;
    private static readonly string[] s_formats = ["url", "b64_json"];

    private static readonly string[] s_ratios =
    [
        "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "9:19.5", "19.5:9", "9:20", "20:9", "1:2", "2:1", "21:9", "5:2", "auto",
    ];

    private static readonly FrozenSet<string> s_known = new[]
    {
        "model", "prompt", "n", "aspect_ratio", "resolution", "response_format", "quality", "user", "image", "images", "mask",
        "storage_options",
    }.ToFrozenSet(StringComparer.Ordinal);

    private XAIError? _error;

    public (XAICall? Call, XAIError? Error) Read()
    {
        var model = XAIModels.Find(body.Text("model")) ?? XAIModels.All[0];
        var prompt = Prompt();
        foreach (var unknown in body.EnumerateObject().Select(property => property.Name).Where(name => !s_known.Contains(name)))
        {
            Fail(XAIError.Invalid($"Argument not supported: {unknown}"));
        }

        var count = Count();
        var ratio = Choice("aspect_ratio", s_ratios) ?? "auto";
        var resolution = Choice("resolution", [.. model.Resolutions]) ?? "1k";
        var quality = Choice("quality", [.. model.Qualities]) ?? model.Qualities.FirstOrDefault() ?? "";
        var format = Choice("response_format", s_formats) ?? "url";
        if (_error is not null)
        {
            return (null, _error);
        }

        var (width, height) = AspectRatio.Fit(ratio, resolution switch { "2k" => 2048, "1.5k" => 1536, _ => 1024 });
        return (
            new XAICall
            {
                Markers = PromptMarkers.Read(prompt),
                Count = count,
                Width = width,
                Height = height,
                Format = resolution == "1k" ? PictureFormat.Jpeg : PictureFormat.Png,
                AsBase64 = format == "b64_json",
                Ticks = model.Prices[(quality, resolution)],
            },
            null);
    }

    private void Fail(XAIError error) => _error ??= error;

    private string Prompt()
    {
        var prompt = body.Text("prompt") ?? "";
        if (prompt.Length == 0)
        {
            Fail(XAIError.Invalid("Prompt cannot be empty"));
        }
        else if (prompt.Length > LongestPrompt)
        {
            Fail(XAIError.Invalid($"Prompt length is larger than the maximum allowed length of {LongestPrompt}"));
        }

        return prompt;
    }

    private int Count()
    {
        if (!body.TryGetProperty("n", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return 1;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var count) || count is < 1 or > 10)
        {
            Fail(XAIError.Invalid("n must be between 1 and 10"));
            return 1;
        }

        return count;
    }

    private string? Choice(string name, string[] choices)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (choices.Length == 0)
        {
            Fail(XAIError.Invalid($"Argument not supported: {name}"));
        }
        else if (!choices.Contains(text))
        {
            Fail(XAIError.Value(name, text, choices));
        }

        return text;
    }
}
