using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>How many bytes of results a request will make, roughly: enough to plan downloads, not to bill anything.</summary>
internal static class ExpectedOutput
{
    // PNGs of photographs have about one and a half bytes a pixel (1024x1024: 1.5 MB, measured by several), and base64 makes four bytes of three.
    private const double BytesPerPixel = 2;

    private const int DefaultEdge = 1024;

    // Where sizes are named by the thousand: imageSize "2K" (Google), resolution "2k" (xAI).
    private static readonly string[] s_sizeOptions = ["imageSize", "imageConfig.imageSize", "resolution"];

    /// <summary>The bytes of the results of a request.</summary>
    public static long Bytes(EffectiveRequest request) => (long)(Math.Max(1, request.N.Value) * Pixels(request) * BytesPerPixel);

    private static double Pixels(EffectiveRequest request)
    {
        if (PixelSize.TryParse(request.Size.Value, out var size))
        {
            return size.Width * (double)size.Height;
        }

        var edge = Edge(request.Size.Value) ?? NamedEdge(request) ?? DefaultEdge;
        return edge * edge;
    }

    private static double? NamedEdge(EffectiveRequest request)
    {
        foreach (var name in s_sizeOptions)
        {
            if (request.Options.TryGetValue(name, out var option) && Edge(Text(option.Value)) is { } edge)
            {
                return edge;
            }
        }

        return request.Options.TryGetValue("imageConfig", out var group) && group.Value is JsonObject config ? Edge(Text(config["imageSize"])) : null;
    }

    private static double? Edge(string? name) =>
        name is { Length: > 1 } && name[^1] is 'K' or 'k' && double.TryParse(name.AsSpan(0, name.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var thousands)
            ? thousands * 1024
            : null;

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
