using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Batchwork.Emulator.Storage;

/// <summary>Reads spans as people write them ("90s", "10m", "00:01:30", seconds as a number) and writes them as hh:mm:ss.</summary>
internal sealed class SpanJsonConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return TimeSpan.FromSeconds(reader.GetDouble());
        }

        var text = reader.GetString() ?? "";
        return Spans.TryParse(text, out var span)
            ? span
            : throw new JsonException($"'{text}' is not a span of time such as 90s, 10m or 00:01:30.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));
}
