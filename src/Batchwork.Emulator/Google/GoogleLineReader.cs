using System.Text.Json;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Markers;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Reads the lines of an upload, <c>{"key":"a","request":{…}}</c>, and the requests of an inline batch, which are kept as lines too:
/// <c>{"request":{…},"metadata":{"key":"a"}}</c>. The model is not known yet; requests are judged as the newest one would.
/// </summary>
internal sealed class GoogleLineReader : ILineReader
{
    public LineFacts Read(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var json = JsonDocument.ParseValue(ref reader);
            return reader.Read() || json.RootElement.ValueKind != JsonValueKind.Object
                ? Bad($"Line {number}: invalid JSON.", number)
                : Read(json.RootElement, number);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half of a surrogate pair in an escape.
            return Bad($"Line {number}: invalid JSON.", number);
        }
    }

    // Keys are the caller's own; nobody has reported that the API compares them.
    public InputProblem? Duplicate(string customId, int number) => null;

    public InputProblem TooLong(int number) => new("INVALID_ARGUMENT", $"Line {number} is too long.", null, number);

    /// <summary>The key of a line; empty if it has none.</summary>
    public static string KeyOf(JsonElement line) => line.Text("key") ?? line.Field("metadata")?.Text("key") ?? "";

    private static LineFacts Bad(string message, int number) =>
        new() { Problem = new InputProblem("INVALID_ARGUMENT", message, null, number) };

    private static LineFacts Read(JsonElement line, int number)
    {
        if (line.Field("request") is not { ValueKind: JsonValueKind.Object } request)
        {
            return Bad($"Line {number}: the field 'request' is required.", number);
        }

        var key = KeyOf(line);
        if (new GoogleCallReader(request, GoogleModels.All[0]).Read().Call is not { } call)
        {
            return new LineFacts { CustomId = key, Outcome = LineOutcome.Fails, Pictures = 1 };
        }

        return new LineFacts
        {
            CustomId = key,
            Outcome = OutcomeOf(call.Markers),
            Pictures = 1,
            InputTokens = call.PromptTokens,
            OutputTokens = call.OutputTokens,
            FlakyAs = call.Markers.Flaky ? $"{key} {call.Markers.Prompt}" : null,
        };
    }

    // Refusals count as successes here: the model answered, though without a picture.
    private static LineOutcome OutcomeOf(PromptMarkers markers) => markers switch
    {
        { Expires: true } => LineOutcome.NeverEnds,
        { Missing: true } => LineOutcome.Silent,
        { ErrorStatus: not null } => LineOutcome.Fails,
        { Flaky: true } => LineOutcome.Flaky,
        _ => LineOutcome.Succeeds,
    };
}
