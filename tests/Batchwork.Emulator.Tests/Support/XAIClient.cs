using System.Text;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Tests.Support;

/// <summary>Calls the xAI surface of an emulation.</summary>
internal sealed class XAIClient(HttpClient client)
{
    public const string Model = "grok-imagine-image";
    public const string V1 = "xai/v1/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Line(string id, string prompt, string more = ",\"response_format\":\"b64_json\"", string model = Model) =>
        new JsonObject
        {
            ["custom_id"] = id,
            ["method"] = "POST",
            ["url"] = "/v1/images/generations",
            ["body"] = JsonNode.Parse($$"""{"model":"{{model}}","prompt":"{{prompt}}"{{more}}}"""),
        }.ToJsonString();

    public async Task<JsonObject> UploadAsync(params string[] lines)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("86400"), "expires_after" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")), "file", "job.jsonl" },
            { new StringContent("batch"), "purpose" },
        };
        return await Emulation.ReadAsync(await client.PostAsync(V1 + "files", form, Token));
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        client.PostAsync(V1 + path, new StringContent(json, Encoding.UTF8, "application/json"), Token);

    public Task<HttpResponseMessage> PostBatchAsync(string fileId, string name = "tag") =>
        PostAsync("batches", $$"""{"name":"{{name}}","input_file_id":"{{fileId}}"}""");

    /// <summary>Uploads lines, creates a batch of them and looks at it.</summary>
    public async Task<JsonObject> SubmitAsync(params string[] lines)
    {
        var file = await UploadAsync(lines);
        var batch = await Emulation.ReadAsync(await PostBatchAsync(file.Text("id")));
        return await GetAsync("batches/" + batch.Text("batch_id"));
    }

    public async Task<JsonObject> GetAsync(string path) => await Emulation.ReadAsync(await client.GetAsync(V1 + path, Token));

    public Task<JsonObject> AgainAsync(JsonObject batch) => GetAsync("batches/" + batch.Text("batch_id"));

    /// <summary>All results, page by page.</summary>
    public async Task<IReadOnlyList<JsonObject>> ResultsAsync(JsonObject batch, int limit = 100)
    {
        var (all, token) = (new List<JsonObject>(), "");
        do
        {
            var page = await GetAsync($"batches/{batch.Text("batch_id")}/results?limit={limit}&pagination_token={token}");
            Assert.True(page["results"]!.AsArray().Count <= limit);
            all.AddRange(page["results"]!.AsArray().Select(result => result!.AsObject()));
            token = page["pagination_token"]?.GetValue<string>() ?? "";
        }
        while (token.Length > 0);
        return all;
    }

    public static JsonNode Data(JsonObject result, int index = 0) =>
        result.At("batch_result.response.image_generation.data")!.AsArray()[index]!;

    public static string Counters(JsonObject batch) => string.Join(
        ' ',
        new[] { "num_requests", "num_pending", "num_success", "num_error", "num_cancelled" }.Select(name => batch.Number("state." + name)));
}
