using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Json;

/// <summary>
/// Writes JSON as JavaScript's <c>JSON.stringify</c> does: text outside of ASCII stays as it is. Utf8JsonWriter's most relaxed encoder still writes
/// an emoji as 12 bytes of escapes instead of 4, which counts against the providers' byte limits.
/// </summary>
internal sealed class JsonBuffer
{
    // U+2028, U+2029 and U+0085 are legal in JSON, but programs that split lines by Unicode's rules (Python's splitlines) break a JSONL line there.
    private static readonly SearchValues<char> s_escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u0085\u2028\u2029");

    private static readonly JsonWriterOptions s_nodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public int Length => _buffer.WrittenCount;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Raw(ReadOnlySpan<byte> json) => _buffer.Write(json);

    public void Number(long value)
    {
        const int longest = 20;
        Utf8Formatter.TryFormat(value, _buffer.GetSpan(longest), out var written);
        _buffer.Advance(written);
    }

    public void Text(ReadOnlySpan<char> text)
    {
        _buffer.Write("\""u8);
        while (true)
        {
            var next = text.IndexOfAny(s_escaped);
            Plain(next < 0 ? text : text[..next]);
            if (next < 0)
            {
                break;
            }

            Escape(text[next]);
            text = text[(next + 1)..];
        }

        _buffer.Write("\""u8);
    }

    public void Node(JsonNode node)
    {
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String && JsonTexts.TryRead(value, out var text))
        {
            Text(text);
            return;
        }

        using var writer = new Utf8JsonWriter(_buffer, s_nodeOptions);
        node.WriteTo(writer);
    }

    // In slices: the room that UTF-8 may need at most is three times the text.
    private void Plain(ReadOnlySpan<char> text)
    {
        const int sliceLength = 8 * 1024;
        while (!text.IsEmpty)
        {
            var length = Math.Min(text.Length, sliceLength);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length--;
            }

            var span = _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(length));
            _buffer.Advance(Encoding.UTF8.GetBytes(text[..length], span));
            text = text[length..];
        }
    }

    private void Escape(char c)
    {
        const string hex = "0123456789abcdef";
        ReadOnlySpan<byte> shortForm = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            _ => [(byte)'\\', (byte)'u', (byte)hex[c >> 12], (byte)hex[(c >> 8) & 15], (byte)hex[(c >> 4) & 15], (byte)hex[c & 15]],
        };
        _buffer.Write(shortForm);
    }
}
