using System.Text.Json.Nodes;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.OpenAI;
using Batchwork.Testing;
using Batchwork.Testing.Http;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Tests.OpenAI;

/// <summary>The OpenAI adapter on a scripted handler.</summary>
internal static class TestAdapter
{
    public const string Key = "sk-test-0123456789";

    public static readonly BatchCredentials Credentials = new() { ApiKey = Key };

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static OpenAIAdapter Over(HttpMessageHandler? handler = null, BatchworkOptions? options = null, TimeProvider? time = null)
    {
        options ??= new BatchworkOptions();
        var transport = BatchTransport.Over(handler ?? new ScriptedHandler(), options, new HurriedTimeProvider());
        return new OpenAIAdapter(new TransportSource(() => transport, _ => null), options, time ?? new FakeTimeProvider(Now));
    }

    public static ImageBatch Batch(params ImageRequest[] requests) => new()
    {
        Model = "openai/gpt-image-2",
        Requests = requests.Length > 0 ? requests : [new() { CustomId = "a", Prompt = "a red bicycle" }],
    };

    public static ImageRequest Request(string options, string prompt = "a red bicycle") => new()
    {
        CustomId = "a",
        Prompt = prompt,
        ProviderOptions = new Dictionary<string, JsonObject> { ["openai"] = JsonNode.Parse(options)!.AsObject() },
    };

    public static async Task<PreparedBatch> PrepareAsync(ImageBatch batch) =>
        await Over().PrepareAsync(batch, TestContext.Current.CancellationToken);

    public static async Task<string> UploadAsync(ImageBatch batch)
    {
        using var upload = new MemoryStream();
        await (await PrepareAsync(batch)).WriteToAsync(upload, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(upload.ToArray());
    }
}
