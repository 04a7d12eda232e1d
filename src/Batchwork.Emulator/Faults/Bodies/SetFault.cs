using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>
/// Changes one value of a JSON answer, for example <c>set:error_file_id=""</c> or <c>set:request_counts.completed=-3</c> (F40–F43, F56).
/// </summary>
internal sealed class SetFault(string path, JsonNode? value) : IFault
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

    private byte[] Change(byte[] body)
    {
        try
        {
            var root = JsonNode.Parse(body);
            var keys = path.Split('.');
            var parent = keys[..^1].Aggregate(root, (node, key) => node?[key]);
            if (parent is JsonObject found)
            {
                found[keys[^1]] = value?.DeepClone();
            }

            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
