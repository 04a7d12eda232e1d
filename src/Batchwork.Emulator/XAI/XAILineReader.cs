using System.Collections.Frozen;
using System.Text.Json;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Markers;

namespace Batchwork.Emulator.XAI;

/// <summary>
/// Reads the lines of an upload: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. One bad line
/// stops the whole batch; the message is all that is told.
/// </summary>
internal sealed class XAILineReader : ILineReader
{
    private static readonly FrozenSet<string> s_played =
        new[] { "/v1/images/generations", "/v1/images/edits" }.ToFrozenSet(StringComparer.Ordinal);

    public LineFacts Read(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var json = JsonDocument.ParseValue(ref reader);
            return reader.Read() || json.RootElement.ValueKind != JsonValueKind.Object
                ? Bad($"Line {number} is not a JSON object", number)
                : Read(json.RootElement, number);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in an escape.
            return Bad($"Line {number} is not valid JSON", number);
        }
    }

    public InputProblem? Duplicate(string customId, int number) => Problem($"Line {number}: duplicate custom_id {customId}", number);

    public InputProblem TooLong(int number) => Problem($"Line {number} is too long", number);

    private static InputProblem Problem(string message, int number) => new("validation_failed", message, null, number);

    private static LineFacts Bad(string message, int number) => new() { Problem = Problem(message, number) };

    private static LineFacts Read(JsonElement json, int number)
    {
        if (json.Text("custom_id") is not { Length: > 0 } customId)
        {
            return Bad($"Line {number}: custom_id is required", number);
        }

        if (json.Text("method") != "POST")
        {
            return Bad($"Line {number}: method must be POST", number);
        }

        if (json.Text("url") is not { } url || !s_played.Contains(url))
        {
            return Bad($"Line {number}: url {json.Text("url")} is not supported", number);
        }

        return json.TryGetProperty("body", out var body) && body.Text("model") is { Length: > 0 } model
            ? Judge(new LineFacts { CustomId = customId, Model = model, Target = url }, body)
            : Bad($"Line {number}: body.model is required", number);
    }

    private static LineFacts Judge(LineFacts facts, JsonElement body)
    {
        if (new XAICallReader(body).Read().Call is not { } call)
        {
            return facts with { Outcome = LineOutcome.Fails, Pictures = 1 };
        }

        var markers = call.Markers;
        return facts with
        {
            Outcome = OutcomeOf(markers),
            Pictures = call.Count,
            FlakyAs = markers.Flaky ? $"{facts.CustomId} {markers.Prompt}" : null,
        };
    }

    // A refusal of the output is a success without a picture.
    private static LineOutcome OutcomeOf(PromptMarkers markers) => markers switch
    {
        { Expires: true } => LineOutcome.NeverEnds,
        { Missing: true } => LineOutcome.Silent,
        { RefusedAt: "input" } or { ErrorStatus: not null } => LineOutcome.Fails,
        { Flaky: true } => LineOutcome.Flaky,
        _ => LineOutcome.Succeeds,
    };
}
