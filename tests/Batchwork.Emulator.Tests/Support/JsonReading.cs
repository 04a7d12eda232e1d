using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Tests.Support;

internal static class JsonReading
{
    /// <summary>A text at a path such as <c>response.body.error.code</c>.</summary>
    public static string Text(this JsonNode json, string path) => json.At(path)!.GetValue<string>();

    public static long Number(this JsonNode json, string path) => json.At(path)!.GetValue<long>();

    public static JsonNode? At(this JsonNode json, string path) => path.Split('.').Aggregate((JsonNode?)json, (node, key) => node?[key]);

    /// <summary>The pictures of a result line.</summary>
    public static IReadOnlyList<byte[]> Pictures(this JsonNode line) =>
        [.. line.At("response.body.data")!.AsArray().Select(entry => Convert.FromBase64String(entry!.Text("b64_json")))];
}
