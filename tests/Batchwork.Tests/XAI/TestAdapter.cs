using System.Text.Json.Nodes;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Testing;
using Batchwork.Testing.Http;
using Batchwork.XAI;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Tests.XAI;

/// <summary>The xAI adapter on a scripted handler.</summary>
internal static class TestAdapter
{
    public const string Key = "xai-test-0123456789";

    public static readonly BatchCredentials Credentials = new() { ApiKey = Key };

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static XAIAdapter Over(HttpMessageHandler? handler = null, BatchworkOptions? options = null)
    {
        options ??= new BatchworkOptions();
        var transport = BatchTransport.Over(handler ?? new ScriptedHandler(), options, new HurriedTimeProvider());
        return new XAIAdapter(new TransportSource(() => transport, _ => null), options, new FakeTimeProvider(Now));
    }

    /// <summary>The same with pauses that take no time.</summary>
    public static XAIAdapter OverHurried(HttpMessageHandler handler)
    {
        var options = new BatchworkOptions();
        var time = new HurriedTimeProvider { Now = Now };
        var transport = BatchTransport.Over(handler, options, time);
        return new XAIAdapter(new TransportSource(() => transport, _ => null), options, time);
    }

    /// <summary>The adapter on a real connection, with pauses that take no time.</summary>
    public static XAIAdapter OverNetwork(BatchworkOptions? options = null)
    {
        options ??= new BatchworkOptions { AllowPrivateAddresses = true };
        var time = new HurriedTimeProvider { Now = Now };
        var transport = BatchTransport.ToNetwork(options, time);
        return new XAIAdapter(new TransportSource(() => transport, _ => null), options, time);
    }

    public static ImageBatch Batch(params ImageRequest[] requests) => new()
    {
        Model = "xai/grok-imagine-image",
        Requests = requests.Length > 0 ? requests : [new() { CustomId = "a", Prompt = "a red bicycle" }],
    };

    public static ImageRequest Request(string options) => new()
    {
        CustomId = "a",
        Prompt = "a red bicycle",
        ProviderOptions = new Dictionary<string, JsonObject> { ["xai"] = JsonNode.Parse(options)!.AsObject() },
    };

    public static async Task<PreparedBatch> PrepareAsync(ImageBatch batch) => await Over().PrepareAsync(batch, TestContext.Current.CancellationToken);

    public static async Task<string> UploadAsync(ImageBatch batch)
    {
        using var upload = new MemoryStream();
        await (await PrepareAsync(batch)).WriteToAsync(upload, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(upload.ToArray());
    }
}
