using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Tests.Support;

/// <summary>Calls the Google surface of an emulation.</summary>
internal sealed class GoogleClient(HttpClient client)
{
    public const string Model = "gemini-nano-banana-2.1";
    public const string V1 = "google/v1beta/";
    private const string Header = "X-Goog-Upload-";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Request(string prompt, string config = "") =>
        $$$"""{"contents":[{"role":"user","parts":[{"text":"{{{prompt}}}"}]}],"generationConfig":{"responseModalities":["IMAGE"]{{{config}}}}}""";

    public static string Line(string key, string prompt, string config = "") =>
        $$"""{"key":"{{key}}","request":{{Request(prompt, config)}}}""";

    public static string Inline(string key, string prompt, string config = "") =>
        $$$"""{"request":{{{Request(prompt, config)}}},"metadata":{"key":"{{{key}}}"}}""";

    /// <summary>Begins an upload; its session address.</summary>
    public async Task<HttpResponseMessage> StartAsync(string name, long length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "google/upload/v1beta/files")
        {
            Content = JsonContent.Create(new { file = new { name, displayName = "job.jsonl" } }),
        };
        Add(request, "start", null);
        request.Headers.Add(Header + "Protocol", "resumable");
        request.Headers.Add(Header + "Header-Content-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(Header + "Header-Content-Type", "application/jsonl");
        return await client.SendAsync(request, Token);
    }

    public async Task<HttpResponseMessage> SendAsync(string session, string command, long? offset, ReadOnlyMemory<byte> bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, session) { Content = new ReadOnlyMemoryContent(bytes) };
        Add(request, command, offset);
        return await client.SendAsync(request, Token);
    }

    public async Task<JsonObject> UploadAsync(string name, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        using var started = await StartAsync(name, bytes.Length);
        return (await Emulation.ReadAsync(
            await SendAsync(SessionOf(started), "upload, finalize", 0, bytes)))["file"]!.AsObject();
    }

    public static string SessionOf(HttpResponseMessage started)
    {
        Assert.True(started.IsSuccessStatusCode, started.ToString());
        return started.Headers.GetValues("x-goog-upload-url").Single();
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        client.PostAsync(V1 + path, new StringContent(json, Encoding.UTF8, "application/json"), Token);

    public Task<HttpResponseMessage> PostFileBatchAsync(string name, string displayName = "tag", string model = Model) =>
        PostAsync(
            $"models/{model}:batchGenerateContent",
            new JsonObject
            {
                ["batch"] = new JsonObject { ["displayName"] = displayName, ["inputConfig"] = new JsonObject { ["fileName"] = name } },
            }.ToJsonString());

    public Task<HttpResponseMessage> PostInlineBatchAsync(params string[] requests) =>
        PostAsync(
            $"models/{Model}:batchGenerateContent",
            """{"batch":{"display_name":"tag","input_config":{"requests":{"requests":[REQUESTS]}}}}""".Replace(
                "REQUESTS", string.Join(',', requests), StringComparison.Ordinal));

    /// <summary>Uploads lines, creates a batch of them and looks at it.</summary>
    public async Task<JsonObject> SubmitAsync(params string[] lines)
    {
        var file = await UploadAsync($"files/tag-{Guid.CreateVersion7(Emulation.Start):N}"[..40].TrimEnd('-'), lines);
        return await GetAsync((await Emulation.ReadAsync(await PostFileBatchAsync(file.Text("name")))).Text("name"));
    }

    public async Task<JsonObject> SubmitInlineAsync(params string[] requests) =>
        await GetAsync((await Emulation.ReadAsync(await PostInlineBatchAsync(requests))).Text("name"));

    public async Task<JsonObject> GetAsync(string path) => await Emulation.ReadAsync(await client.GetAsync(V1 + path, Token));

    /// <summary>The lines of the result file of a batch that is done.</summary>
    public async Task<IReadOnlyList<JsonObject>> ResultsAsync(JsonObject operation)
    {
        var content = await client.GetStringAsync($"{V1}{operation.Text("response.responsesFile")}:download?alt=media", Token);
        return [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    public static IReadOnlyList<JsonObject> InlineResults(JsonObject operation, string place = "response") =>
        [.. operation.At($"{place}.inlinedResponses.inlinedResponses")!.AsArray().Select(entry => entry!.AsObject())];

    /// <summary>The pictures of a result, drafts left out.</summary>
    public static IReadOnlyList<byte[]> Pictures(JsonNode result) =>
    [
        .. Parts(result).Where(part => part["thought"] is null && part["inlineData"] is not null)
            .Select(part => Convert.FromBase64String(part.Text("inlineData.data"))),
    ];

    public static IReadOnlyList<JsonNode> Parts(JsonNode result) =>
        [.. result["response"]!["candidates"]![0]!["content"]!["parts"]!.AsArray().Select(part => part!)];

    private static void Add(HttpRequestMessage request, string command, long? offset)
    {
        request.Headers.Add(Header + "Command", command);
        if (offset is { } at)
        {
            request.Headers.Add(Header + "Offset", at.ToString(CultureInfo.InvariantCulture));
        }
    }
}
