using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Batchwork.Tests.Recorded;

/// <summary>Reads the notations for what plain JSON cannot say or would be too long; see <c>Vectors/INDEX.md</c>.</summary>
internal static partial class Notation
{
    /// <summary>A text, also one with half characters, or <c>{"$repeat": ["x", 600]}</c>.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("$repeat", out var repeat) =>
            new StringBuilder().Insert(0, Text(repeat[0])!, repeat[1].GetInt32()).ToString(),
        JsonValueKind.String => Unescape(value),
        _ => null,
    };

    /// <summary>Whether a value is there; <c>{"$undefined": true}</c> and null are not.</summary>
    public static bool IsSet(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
        && !(value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$undefined", out _));

    /// <summary>A property that is there.</summary>
    public static JsonElement? Get(JsonElement value, string name) =>
        value.TryGetProperty(name, out var property) && IsSet(property) ? property : null;

    /// <summary>Puts <c>{{b64:N}}</c> as N letters A.</summary>
    public static string Expand(string text) =>
        Base64().Replace(text, match => new string('A', int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));

    /// <summary>The same for each text in a JSON value; <c>$repeat</c> becomes the text.</summary>
    public static JsonNode? Expand(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("$repeat", out _) => JsonValue.Create(Text(value)),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Expand(p.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Expand)]),
        JsonValueKind.String => JsonValue.Create(Expand(Unescape(value))),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    // GetString refuses half characters, which is what such a case is about.
    private static string Unescape(JsonElement value)
    {
        var raw = value.GetRawText();
        return HalfCharacter().IsMatch(raw)
            ? Escape().Replace(raw[1..^1], match => ((char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString())
            : value.GetString()!;
    }

    [GeneratedRegex(@"\{\{b64:(\d+)\}\}")]
    private static partial Regex Base64();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex HalfCharacter();
}
