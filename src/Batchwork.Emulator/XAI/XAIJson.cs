using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Batchwork.Emulator.XAI;

/// <summary>How this API writes JSON.</summary>
internal static class XAIJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A time: <c>2026-11-22</c> or <c>2026-11-22T12:00:00.000000Z</c>.</summary>
    public static string Time(DateTimeOffset time, XAISettings settings) =>
        time.UtcDateTime.ToString(settings.BareDates ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
