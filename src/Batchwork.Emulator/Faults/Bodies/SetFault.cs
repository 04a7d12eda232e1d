using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>
/// Changes one value of a JSON answer, for example <c>set:error_file_id=""</c>, <c>set:request_counts.completed=-3</c> or, copying another
/// one, <c>set:error_file_id=$output_file_id</c> (F40–F43, F56).
/// </summary>
internal sealed class SetFault(string path, Func<JsonNode?, JsonNode?> value) : IFault
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

    public static JsonNode? Find(JsonNode? root, string path) => path.Split('.').Aggregate(root, (node, key) => (node as JsonObject)?[key]);

    private byte[] Change(byte[] body)
    {
        try
        {
            var root = JsonNode.Parse(body);
            var end = path.LastIndexOf('.');
            if ((end < 0 ? root : Find(root, path[..end])) is JsonObject parent)
            {
                parent[path[(end + 1)..]] = value(root);
            }

            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
