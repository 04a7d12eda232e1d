using System.Text.Json.Nodes;

namespace Batchwork.Tests.Recorded;

/// <summary>A result with its pictures' bytes.</summary>
internal sealed record SeenResult(BatchResult Result, IReadOnlyList<byte[]?> Pictures)
{
    public static async Task<SeenResult> OfAsync(BatchResult result, CancellationToken cancellationToken)
    {
        var pictures = new List<byte[]?>();
        foreach (var image in result.Images)
        {
            pictures.Add(image.Content is null ? null : await image.ReadBytesAsync(cancellationToken: cancellationToken));
        }

        return new SeenResult(result, pictures);
    }

    /// <summary>The result in the form of the recordings, pictures as their bytes in base64.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["customId"] = Result.CustomId, ["status"] = Result.Status.ToString().ToLowerInvariant() };
        if (Result.Images.Count > 0)
        {
            json["images"] = new JsonArray([.. Result.Images.Select((image, i) => Image(image, Pictures[i]))]);
        }

        if (Result.Text is not null)
        {
            json["text"] = Result.Text;
        }

        if (Result.Usage is { } usage)
        {
            json["usage"] = Object(("inputTokens", usage.InputTokens), ("outputTokens", usage.OutputTokens), ("totalTokens", usage.TotalTokens));
        }

        if (Result.Error is { } error)
        {
            json["error"] = Object(("code", error.Code), ("message", error.Message), ("type", error.Type));
        }

        return json;
    }

    private static JsonObject Image(BatchImage image, byte[]? bytes) =>
        Object(("data", bytes is null ? null : Convert.ToBase64String(bytes)), ("url", image.Url?.OriginalString), ("mediaType", image.MediaType));

    private static JsonObject Object(params (string Name, JsonNode? Value)[] properties) =>
        new(properties.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));
}
