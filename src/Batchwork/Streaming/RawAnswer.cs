using System.Text;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Streaming;

/// <summary>What a result keeps of its line for support.</summary>
internal static class RawAnswer
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The line's JSON, or its beginning as a JSON string.</summary>
    public static JsonElement Of(ResultLine line)
    {
        if (line.Json is not { } json)
        {
            return AsText(line.Text);
        }

        var text = json.GetRawText();
        return text.Length <= MaxLength ? json : AsText(text);
    }

    /// <summary>A text property of a line that is no valid JSON, if it stands in its readable beginning and not inside of something else.</summary>
    public static string? Salvage(ResultLine line, string property)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line.Text), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(property) && reader.Read())
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The readable beginning has ended.
        }

        return null;
    }

    private static JsonElement AsText(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        var json = new JsonBuffer();
        json.Text(text.AsSpan(0, length));
        return JsonElement.Parse(json.Written.Span);
    }
}
