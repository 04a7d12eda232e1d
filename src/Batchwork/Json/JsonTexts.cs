using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Json;

/// <summary>Reads values of JSON that others wrote: a wrong type is no value, not an exception.</summary>
internal static class JsonTexts
{
    /// <summary>A property of an object; <see langword="default"/> when there is none.</summary>
    public static JsonElement Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The elements of a list; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    /// <summary>A text; <see langword="null"/> when it is something else. Half characters (<c>"\ud83d"</c>, which JsonElement refuses to read) become U+FFFD.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return Lenient(element);
        }
    }

    /// <summary>A text that is not empty; <see langword="null"/> otherwise. Some servers write "" where others write null.</summary>
    public static string? NonEmptyText(this JsonElement element) => element.Text() is { Length: > 0 } text ? text : null;

    /// <summary>A text, or a number as text: for ids and codes that are not always texts.</summary>
    public static string? TextOrNumber(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetRawText() : element.Text();

    /// <summary>A whole number that fits.</summary>
    public static long? Whole(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        return element.TryGetDouble(out var number) && double.IsInteger(number) && Math.Abs(number) < long.MaxValue ? (long)number : null;
    }

    /// <summary>A property's name; <see langword="null"/> when it is no text.</summary>
    public static string? NameOrNull(this JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a node that is a text.</summary>
    public static bool TryRead(JsonValue node, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            return node.TryGetValue(out text) && UnicodeText.FirstFault(text) is null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Lenient(JsonElement element)
    {
        var raw = element.GetRawText().AsSpan()[1..^1];
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            text.Append(raw[i] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                'u' when i + 4 < raw.Length && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) => Unit(unit, ref i),
                var other => other,
            });
        }

        // Encoding replaces what is no text by U+FFFD.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static char Unit(ushort unit, ref int position)
    {
        position += 4;
        return (char)unit;
    }
}
