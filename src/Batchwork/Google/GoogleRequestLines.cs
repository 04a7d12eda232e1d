using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Writes the lines of an upload: <c>{"key":"cat","request":{…}}</c>.</summary>
internal static class GoogleRequestLines
{
    /// <summary>Writes a line, line feed included, in place of what the buffer held.</summary>
    public static void Write(JsonBuffer line, GooglePartKey key, ReadOnlySpan<byte> body)
    {
        line.Clear();
        line.Raw("{\"key\":"u8);
        line.Text(key.ToString());
        line.Raw(",\"request\":"u8);
        line.Raw(body);
        line.Raw("}\n"u8);
    }
}
