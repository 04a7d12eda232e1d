using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Adapters;
using Batchwork.Google;
using Batchwork.Http;
using Batchwork.Testing;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Google;

/// <summary>The Google adapter on a scripted handler.</summary>
internal static class TestAdapter
{
    public const string Key = "AIza-test-0123456789";
    public const string Tag = "bw1-abc";

    public static readonly BatchCredentials Credentials = new() { ApiKey = Key };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static GoogleAdapter Over(HttpMessageHandler? handler = null, BatchworkOptions? options = null)
    {
        options ??= new BatchworkOptions();
        var time = new HurriedTimeProvider();
        var transport = BatchTransport.Over(handler ?? new ScriptedHandler(), options, time);
        return new GoogleAdapter(new TransportSource(() => transport, _ => null), options, time);
    }

    public static ImageRequest Cat(string? options = null) => new()
    {
        CustomId = "cat",
        Prompt = "a cat",
        ProviderOptions = options is null ? null : new Dictionary<string, JsonObject> { ["google"] = JsonNode.Parse(options)!.AsObject() },
    };

    public static ImageBatch Batch(params ImageRequest[] requests) => new()
    {
        Model = "google/gemini-3-pro-image",
        Requests = requests.Length > 0 ? requests : [Cat()],
    };

    /// <summary>A batch that is too long to go inline.</summary>
    public static ImageBatch LongBatch(int requests = 101) => Batch([.. Enumerable.Range(0, requests).Select(i => new ImageRequest { Prompt = $"cat {i}" })]) with { Tag = Tag };

    public static async Task<PreparedBatch> PrepareAsync(ImageBatch batch) => await Over().PrepareAsync(batch, Token);

    public static async Task<string> WriteAsync(ImageBatch batch)
    {
        using var upload = new MemoryStream();
        await (await PrepareAsync(batch)).WriteToAsync(upload, Token);
        return Encoding.UTF8.GetString(upload.ToArray());
    }

    public static async Task<List<BatchResult>> ReadAsync(HttpMessageHandler server, BatchSnapshot batch, ResultReadOptions? options = null)
    {
        var results = new List<BatchResult>();
        await foreach (var result in Over(server).ReadResultsAsync(batch, options ?? new ResultReadOptions(), Credentials, Token))
        {
            results.Add(result);
        }

        return results;
    }
}
