using System.Text.Json;

namespace Batchwork.Emulator.Google;

/// <summary>The body of a create, checked: a display name and either a file or requests.</summary>
internal sealed class GoogleCreation : IDisposable
{
    private static readonly string[] s_known = ["displayName", "inputConfig", "priority", "webhookConfig", "model", "name"];
    private readonly JsonDocument _json;

    private GoogleCreation(JsonDocument json) => _json = json;

    public required string DisplayName { get; init; }

    /// <summary>The file that holds the requests, without <c>files/</c>.</summary>
    public string? FileName { get; private init; }

    /// <summary>The requests themselves.</summary>
    public IReadOnlyList<JsonElement> Requests { get; private init; } = [];

    /// <summary>Reads a body of at most <paramref name="most"/> bytes.</summary>
    public static async Task<(GoogleCreation? Creation, GoogleError? Error)> ReadAsync(
        HttpRequest request, int most, CancellationToken cancellationToken)
    {
        var body = new byte[Math.Min(request.ContentLength ?? most, most) + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > most)
        {
            return (null, GoogleError.Invalid($"Request payload size exceeds the limit: {most} bytes."));
        }

        try
        {
            return Read(JsonDocument.Parse(body.AsMemory(0, length)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, GoogleError.Invalid("Invalid JSON payload received. Unexpected token."));
        }
    }

    public void Dispose() => _json.Dispose();

    private static (GoogleCreation? Creation, GoogleError? Error) Read(JsonDocument json)
    {
        if (json.RootElement.Field("batch") is not { ValueKind: JsonValueKind.Object } batch)
        {
            return (null, Missing("batch"));
        }

        if (Unknown(batch) is { } unknown)
        {
            return (null, GoogleError.Invalid(
                $"Invalid JSON payload received. Unknown name \"{unknown}\" at 'batch': Cannot find field.", "batch"));
        }

        if (batch.Text("displayName") is not { Length: > 0 } displayName)
        {
            return (null, Missing("display_name"));
        }

        var input = batch.Field("inputConfig") ?? default;
        if (input.Text("fileName") is { Length: > 0 } file)
        {
            return file.StartsWith(GoogleFileName.Prefix, StringComparison.Ordinal)
                ? (new GoogleCreation(json) { DisplayName = displayName, FileName = file[GoogleFileName.Prefix.Length..] }, null)
                : (null, GoogleError.Invalid($"Invalid file name: {file}. It must begin with files/."));
        }

        // The list is inside an object of the same name.
        if (input.Field("requests")?.Field("requests") is not { ValueKind: JsonValueKind.Array } requests || requests.GetArrayLength() == 0)
        {
            return (null, Missing("input_config"));
        }

        return (new GoogleCreation(json) { DisplayName = displayName, Requests = [.. requests.EnumerateArray()] }, null);
    }

    private static GoogleError Missing(string field) =>
        GoogleError.Invalid($"* BatchGenerateContentRequest.batch.{field}: {field} is required.\n", $"batch.{field}");

    private static string? Unknown(JsonElement batch) =>
        batch.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !s_known.Contains(GoogleJson.Camel(name)));
}
