using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Batchwork.Json;

/// <summary>Reads JSON that others wrote, also in broken UTF-8: JsonElement would accept it and throw later, when its text is asked for.</summary>
internal static class JsonBytes
{
    /// <summary>Reads the beginning of a document as if it ended there; <see langword="null"/> when it is none. Brackets and braces that are open are closed.</summary>
    public static JsonElement? ParseBeginning(ReadOnlySpan<byte> json)
    {
        var open = new Stack<byte>();
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        open.Push((byte)'}');
                        break;
                    case JsonTokenType.StartArray:
                        open.Push((byte)']');
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        open.Pop();
                        break;
                }
            }

            return Parse([.. json[..(int)reader.BytesConsumed], .. open]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json) =>
        JsonElement.Parse(Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json)));
}
