using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Archives;

/// <summary>The manifest for programs: one object a row, each value with its origin. Every object is written by a writer of its own, so that none keeps them all.</summary>
internal sealed class ManifestJson : IManifest
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _hasRows;

    public string FileName => "manifest.json";

    public void Begin(ArchiveJob job, IBufferWriter<byte> target)
    {
        target.Write("{\"job\":"u8);
        using (var json = new Utf8JsonWriter(target, s_options))
        {
            json.WriteStartObject();
            json.WriteString("id", job.Id);
            json.WriteString("name", job.Name);
            json.WriteString("provider", job.Provider);
            json.WriteString("model", job.Model);
            json.WriteString("state", job.State.ToString());
            json.WriteString("createdBy", job.CreatedByName);
            json.WriteString("createdAt", job.CreatedAt);
            json.WriteString("names", job.Pattern.Text);
            json.WriteEndObject();
        }

        target.Write(",\n\"rows\":["u8);
    }

    public void Add(ManifestRow row, IBufferWriter<byte> target)
    {
        target.Write(_hasRows ? ",\n"u8 : "\n"u8);
        _hasRows = true;
        using var json = new Utf8JsonWriter(target, s_options);
        json.WriteStartObject();
        json.WriteNumber("row", row.Row.Number);
        json.WriteString("id", row.Id);
        json.WriteString("state", row.Row.State.ToString());
        json.WriteString("prompt", row.Row.Prompt);
        WriteIfAny(json, "revisedPrompt", row.Row.RevisedPrompt);
        WriteValues(json, row.Request);
        WriteExtra(json, row.Row);
        WriteFiles(json, row.Files);
        if (row.Row.ErrorCode is not null || row.Row.ErrorMessage is not null)
        {
            json.WriteStartObject("error");
            WriteIfAny(json, "code", row.Row.ErrorCode);
            WriteIfAny(json, "message", row.Row.ErrorMessage);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public void End(IBufferWriter<byte> target) => target.Write("\n]}\n"u8);

    private static void WriteValues(Utf8JsonWriter json, EffectiveRequest request)
    {
        json.WriteStartObject("values");
        WriteValue(json, "n", request.N, json.WriteNumberValue);
        WriteValue(json, "size", request.Size, json.WriteStringValue);
        WriteValue(json, "aspectRatio", request.AspectRatio, json.WriteStringValue);
        WriteValue(json, "seed", request.Seed, json.WriteNumberValue);
        json.WriteStartObject("options");
        foreach (var (name, value) in request.Options)
        {
            WriteValue(json, name, value, node => (node ?? "null").WriteTo(json));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValue<T>(Utf8JsonWriter json, string name, EffectiveValue<T> value, Action<T> write)
    {
        if (value.IsSent)
        {
            json.WriteStartObject(name);
            json.WritePropertyName("value");
            write(value.Value!);
            json.WriteString("origin", value.Origin.ToString());
            json.WriteEndObject();
        }
    }

    private static void WriteExtra(Utf8JsonWriter json, JobRow row)
    {
        if (row.Extra is { Count: > 0 } extra)
        {
            json.WriteStartObject("extra");
            foreach (var (column, text) in extra)
            {
                json.WriteString(column, text);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<ManifestFile> files)
    {
        json.WriteStartArray("files");
        foreach (var (name, image) in files)
        {
            json.WriteStartObject();
            json.WriteString("file", name);
            json.WriteNumber("index", image.Index + 1);
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
            json.WriteNumber("bytes", image.Bytes);
            json.WriteString("mediaType", image.MediaType);
            json.WriteString("sha256", image.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
