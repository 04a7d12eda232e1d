using System.Text.Json;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The body of a create, checked.</summary>
internal sealed record BatchCreation(
    string InputFileId, string Endpoint, IReadOnlyDictionary<string, string>? Metadata, TimeSpan ResultsLive)
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;
    private static readonly TimeSpan s_usualLife = TimeSpan.FromDays(30);

    public static async Task<(BatchCreation? Creation, OpenAIError? Error)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : (null, NotJson());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in an escape.
            return (null, NotJson());
        }
    }

    private static OpenAIError NotJson() => OpenAIError.Request("The body of this request could not be read as JSON.");

    private static (BatchCreation? Creation, OpenAIError? Error) Read(JsonElement json)
    {
        var (file, endpoint, window) = (Text(json, "input_file_id"), Text(json, "endpoint"), Text(json, "completion_window"));
        var error = file is null ? OpenAIError.Missing("input_file_id")
            : endpoint is null ? OpenAIError.Missing("endpoint")
            : window is null ? OpenAIError.Missing("completion_window")
            : !OpenAIEndpoints.Played.Contains(endpoint) ? NoEndpoint(endpoint)
            : window != "24h" ? OpenAIError.Value("completion_window", window, ["24h"])
            : null;
        var (metadata, wrong) = MetadataOf(json);
        var (life, odd) = Life(json);
        error ??= wrong ?? odd;
        return error is null ? (new BatchCreation(file!, endpoint!, metadata, life), null) : (null, error);
    }

    private static OpenAIError NoEndpoint(string endpoint) => OpenAIEndpoints.Others.Contains(endpoint)
        ? OpenAIError.Request($"This emulator plays image endpoints only, not '{endpoint}'.", "endpoint", "invalid_value")
        : OpenAIError.Value("endpoint", endpoint, [.. OpenAIEndpoints.Others, .. OpenAIEndpoints.Played]);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static (IReadOnlyDictionary<string, string>? Metadata, OpenAIError? Error) MetadataOf(JsonElement json)
    {
        if (!json.TryGetProperty("metadata", out var pairs) || pairs.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        if (pairs.ValueKind != JsonValueKind.Object)
        {
            return (null, OpenAIError.TypeOf("metadata", "an object"));
        }

        var metadata = new Dictionary<string, string>();
        foreach (var pair in pairs.EnumerateObject())
        {
            var path = $"metadata.{pair.Name}";
            if (pair.Value.ValueKind != JsonValueKind.String)
            {
                return (null, OpenAIError.TypeOf(path, "a string"));
            }

            metadata[pair.Name] = pair.Value.GetString()!;
            if (pair.Name.Length > LongestKey || metadata[pair.Name].Length > LongestValue)
            {
                return (null, OpenAIError.Request(
                    $"Invalid '{path}': keys may have {LongestKey} characters, values {LongestValue}.", path, "string_above_max_length"));
            }
        }

        return metadata.Count > MostPairs
            ? (null, TooMany(metadata.Count))
            : (metadata, null);
    }

    private static OpenAIError TooMany(int pairs) =>
        OpenAIError.Request($"Invalid 'metadata': at most {MostPairs} pairs, got {pairs}.", "metadata", "object_above_max_properties");

    private static (TimeSpan Life, OpenAIError? Error) Life(JsonElement json)
    {
        if (!json.TryGetProperty("output_expires_after", out var after) || after.ValueKind == JsonValueKind.Null)
        {
            return (s_usualLife, null);
        }

        if (after.ValueKind != JsonValueKind.Object || Text(after, "anchor") != "created_at")
        {
            return (default, OpenAIError.Value("output_expires_after.anchor", Text(after, "anchor") ?? "", ["created_at"]));
        }

        const string Path = "output_expires_after.seconds";
        if (!after.TryGetProperty("seconds", out var value)
            || value.ValueKind != JsonValueKind.Number
            || !value.TryGetInt32(out var seconds))
        {
            return (default, OpenAIError.TypeOf(Path, "an integer"));
        }

        return seconds is >= 3600 and <= 2592000
            ? (TimeSpan.FromSeconds(seconds), null)
            : (default, OpenAIError.Request($"Invalid '{Path}': expected 3600 to 2592000.", Path, "invalid_value"));
    }
}
