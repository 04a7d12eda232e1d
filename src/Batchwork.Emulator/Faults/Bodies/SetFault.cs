using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>
/// Changes one value of a JSON answer, for example <c>set:error_file_id=""</c>, <c>set:data.0.status=null</c> or, copying another one,
/// <c>set:error_file_id=$output_file_id</c>; without a value to take, removes it (F40–F43, F49, F56).
/// </summary>
internal sealed class SetFault(string path, Func<JsonNode?, JsonNode?>? value) : IFault
{
    public async Task ApplyAsync(FaultyCall call)
    {
        var response = call.Context.Response;
        var wire = response.Body;
        using var kept = new MemoryStream();
        await Answer.ThroughAsync(call, kept);
        var body = Change(kept.ToArray());
        response.ContentLength = body.Length;
        await wire.WriteAsync(body, call.Aborted);
    }

    public static JsonNode? Find(JsonNode? root, string path) => path.Split('.').Aggregate(root, (node, key) => node switch
    {
        JsonObject json => json[key],
        JsonArray list when Index(list, key) is { } at => list[at],
        _ => null,
    });

    private static int? Index(JsonArray list, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count ? at : null;

    private byte[] Change(byte[] body)
    {
        try
        {
            var root = JsonNode.Parse(body);
            var end = path.LastIndexOf('.');
            Change(end < 0 ? root : Find(root, path[..end]), path[(end + 1)..], root);
            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private void Change(JsonNode? parent, string key, JsonNode? root)
    {
        if (parent is JsonObject json && value is null)
        {
            json.Remove(key);
        }
        else if (parent is JsonObject owner)
        {
            owner[key] = value!(root);
        }
        else if (parent is JsonArray list && Index(list, key) is { } at)
        {
            list[at] = value?.Invoke(root);
        }
    }
}
