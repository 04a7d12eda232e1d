using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Tests.Recorded;

/// <summary>Makes the library's input of a recorded one.</summary>
internal static class VectorInput
{
    /// <summary>The batch of a submit case.</summary>
    public static ImageBatch Batch(Vector vector, Uri origin) => new()
    {
        Model = vector.Field("model")!.Value.GetString()!,
        Requests = Requests(vector.Field("requests")!.Value),
        Defaults = vector.Field("defaults") is { } defaults ? Defaults(defaults) : null,
        Metadata = vector.Field("metadata")?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
        Limits = vector.Field("limits") is { } limits ? Limits(limits) : BatchLimits.Default,
        Credentials = Credentials(vector, origin),
    };

    /// <summary>The credentials of a case.</summary>
    public static BatchCredentials Credentials(Vector vector, Uri origin) => new()
    {
        ApiKey = vector.Has("apiKey") ? vector.Field("apiKey")?.GetString() : "sk-test-0123456789",
        BaseUrl = vector.Field("baseURL") is { } url ? new Uri(url.GetString()!.Replace("{origin}", origin.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)) : null,
        Headers = vector.Field("headers")?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
    };

    private static IReadOnlyList<ImageRequest> Requests(JsonElement requests)
    {
        if (requests.ValueKind == JsonValueKind.Array)
        {
            return [.. requests.EnumerateArray().Select(Request)];
        }

        var many = requests.GetProperty("$requests");
        return [.. Enumerable.Range(0, many.GetProperty("count").GetInt32()).Select(i => new ImageRequest
        {
            CustomId = Numbered("customId", i),
            Prompt = Numbered("prompt", i)!,
        })];

        string? Numbered(string name, int i) =>
            many.TryGetProperty(name, out var pattern) ? Notation.Text(pattern)!.Replace("{i}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : null;
    }

    private static ImageRequest Request(JsonElement request) => new()
    {
        CustomId = Notation.Get(request, "customId") is { } id ? Notation.Text(id) : null,
        Prompt = Notation.Text(request.GetProperty("prompt"))!,
        N = Notation.Get(request, "n")?.GetInt32(),
        Size = Notation.Get(request, "size")?.GetString(),
        AspectRatio = Notation.Get(request, "aspectRatio")?.GetString(),
        Seed = Notation.Get(request, "seed")?.GetInt64(),
        ProviderOptions = Notation.Get(request, "providerOptions") is { } options ? Options(options) : null,
    };

    private static ImageDefaults Defaults(JsonElement defaults) => new()
    {
        N = Notation.Get(defaults, "n")?.GetInt32(),
        Size = Notation.Get(defaults, "size")?.GetString(),
        AspectRatio = Notation.Get(defaults, "aspectRatio")?.GetString(),
        Seed = Notation.Get(defaults, "seed")?.GetInt64(),
        ProviderOptions = Notation.Get(defaults, "providerOptions") is { } options ? Options(options) : null,
    };

    private static Dictionary<string, JsonObject> Options(JsonElement options) =>
        options.EnumerateObject().ToDictionary(p => p.Name, p => JsonNode.Parse(p.Value.GetRawText())!.AsObject());

    private static BatchLimits Limits(JsonElement limits) => new()
    {
        MaxRequests = Notation.Get(limits, "maxRequests")?.GetInt32() ?? BatchLimits.Default.MaxRequests,
        MaxRequestBytes = Notation.Get(limits, "maxRequestBytes")?.GetInt64() ?? BatchLimits.Default.MaxRequestBytes,
        MaxUploadBytes = Notation.Get(limits, "maxUploadBytes")?.GetInt64() ?? BatchLimits.Default.MaxUploadBytes,
    };
}
