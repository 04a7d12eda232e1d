using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Batchwork.Emulator.Google;

/// <summary>How this API reads and writes JSON: camel case, snake case accepted, what is zero or empty left out.</summary>
internal static class GoogleJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A field by its name in camel case, or by the same name in snake case.</summary>
    public static JsonElement? Field(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && (json.TryGetProperty(name, out var value) || json.TryGetProperty(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), out value))
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A name in camel case, whichever way it was written.</summary>
    public static string Camel(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>64-bit numbers are text in this API's JSON.</summary>
    public static string Long(long number) => number.ToString(CultureInfo.InvariantCulture);
}
