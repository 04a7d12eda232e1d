using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Recorded;

/// <summary>Compares what the library did with what was recorded.</summary>
internal static class Recording
{
    /// <summary>The first difference; <see langword="null"/> when there is none.</summary>
    public static string? Difference(Vector vector, VectorOutcome outcome)
    {
        var expected = vector.Expected;
        if (vector.Fails != outcome.Error is not null)
        {
            return outcome.Error is null ? "It succeeded, but the recorded call failed." : $"It failed: {outcome.Error}";
        }

        return Compare("calls", vector.NetworkCalls, outcome.Calls.Count)
            ?? Snapshot(expected, outcome)
            ?? Polled(expected, outcome)
            ?? Results(expected, outcome)
            ?? Calls(vector, expected, outcome.Calls);
    }

    private static string? Snapshot(JsonElement expected, VectorOutcome outcome)
    {
        if (expected.TryGetProperty("cancelled", out _))
        {
            return outcome.Cancelled is null ? "It was not cancelled." : null;
        }

        if (!expected.TryGetProperty("snapshot", out var recorded) || outcome.Job is not { } job)
        {
            return null;
        }

        var snapshot = job.Snapshot;
        var counts = recorded.GetProperty("requestCounts");
        return Compare("id", recorded.GetProperty("id").GetString(), job.Id)
            ?? Compare("provider", recorded.GetProperty("provider").GetString(), job.Provider)
            ?? Compare("status", recorded.GetProperty("status").GetString(), Words.Of(job.Status))
            ?? Compare("total", counts.GetProperty("total").GetInt32(), job.RequestCounts.Total)
            ?? Compare("completed", counts.GetProperty("completed").GetInt32(), job.RequestCounts.Completed)
            ?? Compare("failed", counts.GetProperty("failed").GetInt32(), job.RequestCounts.Failed)
            ?? Compare("createdAt", Date(recorded, "createdAt"), Date(snapshot.CreatedAt))
            ?? Compare("completedAt", Date(recorded, "completedAt"), Date(snapshot.CompletedAt))
            ?? Compare("expiresAt", Date(recorded, "expiresAt"), Date(snapshot.ExpiresAt))
            ?? (expected.TryGetProperty("terminal", out var terminal) ? Compare("terminal", terminal.GetBoolean(), job.Status.IsTerminal()) : null);
    }

    private static string? Polled(JsonElement expected, VectorOutcome outcome) =>
        expected.TryGetProperty("polled", out var polled)
            ? Compare("polled", string.Join(' ', polled.EnumerateArray().Select(p => p.GetString())), string.Join(' ', outcome.Polled))
            : null;

    private static string? Results(JsonElement expected, VectorOutcome outcome)
    {
        if (!expected.TryGetProperty("results", out var recorded))
        {
            return null;
        }

        var results = recorded.EnumerateArray().ToList();
        return Compare("results", results.Count, outcome.Results.Count)
            ?? results.Zip(outcome.Results, (r, seen) => Json($"result {r.GetProperty("customId")}", Decoded(r), seen.ToJson())).FirstOrDefault(d => d is not null);
    }

    // Pictures are compared by their bytes; codes as texts, because the library has texts only.
    private static JsonNode Decoded(JsonElement result)
    {
        var json = Notation.Expand(result)!;
        foreach (var image in json["images"]?.AsArray() ?? [])
        {
            if (image!["data"] is { } data)
            {
                var letters = data.GetValue<string>().Replace("\n", "", StringComparison.Ordinal);
                var bytes = new byte[letters.Length];
                image["data"] = Convert.TryFromBase64String(letters, bytes, out var length) ? Convert.ToBase64String(bytes.AsSpan(0, length)) : "(not base64)";
            }
        }

        if (json["error"]?["code"] is JsonValue code && code.GetValueKind() == JsonValueKind.Number)
        {
            json["error"]!["code"] = code.ToJsonString();
        }

        return json;
    }

    private static string? Calls(Vector vector, JsonElement expected, IReadOnlyList<RecordedCall> calls) =>
        expected.TryGetProperty("httpCalls", out var recorded)
            ? recorded.EnumerateArray().Zip(calls, (r, call) => Call(vector, r, call)).FirstOrDefault(d => d is not null)
            : null;

    private static string? Call(Vector vector, JsonElement recorded, RecordedCall call) =>
        Compare("method", recorded.GetProperty("method").GetString(), call.Method)
        ?? Compare("path", recorded.GetProperty("path").GetString(), call.Path)
        ?? Headers(recorded.GetProperty("headers"), call)
        ?? (recorded.TryGetProperty("json", out var json) ? Json($"body of {call}", Notation.Expand(json), JsonNode.Parse(call.Body)) : null)
        ?? (recorded.TryGetProperty("multipart", out var form) ? Form(vector, form, call) : null);

    private static string? Headers(JsonElement recorded, RecordedCall call)
    {
        var expected = recorded.EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString(), StringComparer.OrdinalIgnoreCase);
        var credential = call.Headers.GetValueOrDefault("Authorization")?.Split(' ', 2);
        const string keyHeader = "x-goog-api-key";
        return Compare(keyHeader, expected.Remove(keyHeader), call.Headers.ContainsKey(keyHeader))
            ?? Compare("authorization", expected.GetValueOrDefault("authorization"), credential is null ? null : $"{credential[0]} <redacted>")
            ?? expected.Where(h => h.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase)).Select(h => Compare(h.Key, h.Value, call.Headers.GetValueOrDefault(h.Key))).FirstOrDefault(d => d is not null)
            ?? Compare("x- headers", 0, call.Headers.Keys.Count(name => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && name != keyHeader && !expected.ContainsKey(name)));
    }

    private static string? Form(Vector vector, JsonElement recorded, RecordedCall call)
    {
        var form = MultipartBody.Read(call.Headers["Content-Type"], call.Body);
        var file = recorded.GetProperty("file");
        var lines = Encoding.UTF8.GetString(form.File).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Json("fields", JsonNode.Parse(recorded.GetProperty("fields").GetRawText()), new JsonObject(form.Fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, f.Value))))
            ?? Compare("file field", file.GetProperty("field").GetString(), form.FileField)
            ?? Compare("file name", file.GetProperty("name").GetString(), form.FileName)
            ?? Compare("file type", file.GetProperty("contentType").GetString(), form.FileType)
            ?? Compare("final line feed", file.GetProperty("endsWithNewline").GetBoolean(), form.File.AsSpan().EndsWith("\n"u8))
            ?? Compare("lines", file.GetProperty("lineCount").GetInt32(), lines.Length)
            ?? (vector.Group.Contains("limits", StringComparison.Ordinal) ? Compare("bytes", file.GetProperty("bytes").GetInt32(), form.File.Length) : null)
            ?? Line(file, "firstLine", lines[0])
            ?? Line(file, "lastLine", lines[^1])
            ?? (file.TryGetProperty("lines", out var all)
                ? all.EnumerateArray().Zip(lines, (r, line) => Json("line", Notation.Expand(r), JsonNode.Parse(line))).FirstOrDefault(d => d is not null)
                : null);
    }

    private static string? Line(JsonElement file, string name, string line) =>
        file.TryGetProperty(name, out var recorded) ? Json(name, Notation.Expand(recorded), JsonNode.Parse(line)) : null;

    private static string? Json(string what, JsonNode? expected, JsonNode? actual) =>
        JsonNode.DeepEquals(expected, actual) ? null : $"{what}: recorded {Short(expected)}, but is {Short(actual)}";

    private static string? Compare<T>(string what, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? null : $"{what}: recorded {expected}, but is {actual}";

    private static string Short(JsonNode? json)
    {
        const int most = 400;
        var text = json?.ToJsonString() ?? "nothing";
        return text.Length <= most ? text : text[..most] + "…";
    }

    private static string? Date(JsonElement snapshot, string name) => snapshot.TryGetProperty(name, out var date) ? date.GetString() : null;

    private static string? Date(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
