using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Emulator.Tests.Support;

/// <summary>An emulator under a clock that the test moves, and a client with a key.</summary>
internal sealed class Emulation : IAsyncDisposable
{
    public const string Generations = "/v1/images/generations";
    private readonly InMemoryEmulator _emulator;

    private Emulation(InMemoryEmulator emulator, FakeTimeProvider time)
    {
        _emulator = emulator;
        Time = time;
        Client = new HttpClient(emulator.CreateHandler()) { BaseAddress = emulator.BaseAddress };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test");
        Client.DefaultRequestHeaders.Add("x-goog-api-key", "AIza-test");
        Google = new GoogleClient(Client);
        XAI = new XAIClient(Client);
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public GoogleClient Google { get; }

    public XAIClient XAI { get; }

    public InMemoryEmulator Emulator => _emulator;

    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Emulation> StartAsync(EmulatorSettings? settings = null, FakeTimeProvider? time = null)
    {
        time ??= new FakeTimeProvider(Start);
        return new Emulation(await InMemoryEmulator.StartAsync(settings ?? new EmulatorSettings(), time, Token), time);
    }

    /// <summary>An emulator whose batches are done at once.</summary>
    public static Task<Emulation> StartInstantAsync(int repeat = 0) =>
        StartAsync(new EmulatorSettings { Schedule = BatchSchedule.Instant, Repeat = repeat });

    /// <summary>A line of an upload with a small picture.</summary>
    public static string Line(string id, string prompt, string more = "", string model = "gpt-image-2") =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/images/generations","body":{"model":"{{{model}}}","prompt":"{{{prompt}}}","size":"64x64"{{{more}}}}}""";

    public static MultipartFormDataContent Form(string content, string filename = "job.jsonl", string purpose = "batch") => new()
    {
        { new StringContent(purpose), "purpose" },
        { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", filename },
    };

    public async Task<JsonObject> UploadAsync(params string[] lines)
    {
        using var form = Form(string.Join('\n', lines) + "\n");
        return await ReadAsync(await Client.PostAsync("openai/v1/files", form, Token));
    }

    public async Task<JsonObject> CreateAsync(string fileId, string more = "")
    {
        using var response = await PostBatchAsync($$"""{"input_file_id":"{{fileId}}","endpoint":"{{Generations}}","completion_window":"24h"{{more}}}""");
        return await ReadAsync(response);
    }

    public Task<HttpResponseMessage> PostBatchAsync(string json) =>
        Client.PostAsync("openai/v1/batches", new StringContent(json, Encoding.UTF8, "application/json"), Token);

    /// <summary>Uploads lines and creates a batch of them.</summary>
    public async Task<JsonObject> SubmitAsync(params string[] lines) => await CreateAsync((await UploadAsync(lines)).Text("id"));

    public Task<JsonObject> RetrieveAsync(JsonObject batch) => GetAsync($"openai/v1/batches/{batch.Text("id")}");

    public async Task<JsonObject> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path, Token));

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            return JsonNode.Parse(text)!.AsObject();
        }
    }

    public Task<string> ContentAsync(string fileId) => Client.GetStringAsync($"openai/v1/files/{fileId}/content", Token);

    /// <summary>The lines of a result file of a batch that is done.</summary>
    public async Task<IReadOnlyList<JsonObject>> ResultsAsync(JsonObject batch, string file = "output_file_id")
    {
        var done = await RetrieveAsync(batch);
        if (done[file] is null)
        {
            return [];
        }

        var content = await ContentAsync(done.Text(file));
        return [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>An error's status and what it says.</summary>
    public static async Task<(int Status, JsonObject Error)> ErrorAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var json = await response.Content.ReadFromJsonAsync<JsonObject>(Token);
            return ((int)response.StatusCode, json!["error"]!.AsObject());
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _emulator.DisposeAsync();
    }
}
