using System.Text.Json;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Markers;

namespace Batchwork.Emulator.OpenAI;

/// <summary>
/// Reads the lines of an upload: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. The codes of the
/// problems are those reported by users of the API (invalid_json_line, duplicate_custom_id, …); a public list does not exist.
/// </summary>
internal sealed class OpenAILineReader : ILineReader
{
    public LineFacts Read(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var json = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? Unreadable(number) : Read(json.RootElement, number);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in an escape.
            return Unreadable(number);
        }
    }

    public InputProblem? Duplicate(string customId, int number) =>
        new(
            "duplicate_custom_id",
            $"The custom_id '{customId}' is used by an earlier request too. Each custom_id in a batch must be unique.",
            "custom_id",
            number);

    public InputProblem TooLong(int number) => new("invalid_json_line", "This line is too long to be a request.", null, number);

    private static LineFacts Unreadable(int number) => Bad("invalid_json_line", "This line is not parseable as valid JSON.", null, number);

    private static LineFacts Bad(string code, string message, string? param, int number) =>
        new() { Problem = new InputProblem(code, message, param, number) };

    private static LineFacts Missing(string name, int number) =>
        Bad("missing_required_parameter", $"Missing required parameter: '{name}'.", name, number);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static LineFacts Read(JsonElement json, int number)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Bad("invalid_json_line", "This line is not a JSON object.", null, number);
        }

        if (Text(json, "custom_id") is not { Length: > 0 } customId)
        {
            return Missing("custom_id", number);
        }

        if (Text(json, "method") is not { Length: > 0 } method)
        {
            return Missing("method", number);
        }

        if (method != "POST")
        {
            return Bad("invalid_method", $"Invalid method: '{method}'. Only POST is supported.", "method", number);
        }

        if (Text(json, "url") is not { Length: > 0 } url)
        {
            return Missing("url", number);
        }

        if (!json.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object)
        {
            return Missing("body", number);
        }

        return Text(body, "model") is { Length: > 0 } model
            ? Judge(new LineFacts { CustomId = customId, Target = url, Model = model }, body)
            : Missing("body.model", number);
    }

    private static LineFacts Judge(LineFacts facts, JsonElement body)
    {
        // An unknown model fails the whole batch; there is nothing to be said about its requests.
        if (OpenAIModels.Find(facts.Model) is null || new ImageCallReader(body, facts.Target!).Read("png").Call is not { } call)
        {
            return facts with { Outcome = LineOutcome.Fails, Pictures = 1 };
        }

        var markers = call.Markers;
        return facts with
        {
            Outcome = OutcomeOf(markers),
            Pictures = call.Count,
            InputTokens = call.TextTokens + call.ImageTokens,
            OutputTokens = call.OutputTokens,
            FlakyAs = markers.Flaky ? $"{facts.CustomId} {markers.Prompt}" : null,
        };
    }

    private static LineOutcome OutcomeOf(PromptMarkers markers) => markers switch
    {
        { Expires: true } => LineOutcome.NeverEnds,
        { Missing: true } => LineOutcome.Silent,
        { RefusedAt: not null } or { ErrorStatus: not null } => LineOutcome.Fails,
        { Flaky: true } => LineOutcome.Flaky,
        _ => LineOutcome.Succeeds,
    };
}
