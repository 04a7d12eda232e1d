using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Batchwork.Json;

/// <summary>Reads JSON that others wrote, also in broken UTF-8: JsonElement would accept it and throw later, when its text is asked for.</summary>
internal static class JsonBytes
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json) =>
        JsonElement.Parse(Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json)));
}
