using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Batchwork.Adapters;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Benchmarks;

/// <summary>50,000 requests with defaults to validated bodies and upload bytes, in CPU time of the whole process: compiling and collecting garbage count.</summary>
internal static class BuildBenchmark
{
    private const int Requests = 50_000;
    private const double LimitSeconds = 0.3;

    private static readonly (string Provider, string Model, string Options)[] s_models =
    [
        ("openai", "openai/gpt-image-2", """{"quality":"low","outputFormat":"webp"}"""),
        ("google", "google/gemini-3-pro-image", """{"imageConfig":{"imageSize":"2K"}}"""),
        ("xai", "xai/grok-imagine-image", """{"resolution":"2k"}"""),
    ];

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddBatchwork().BuildServiceProvider();
        foreach (var (provider, model, options) in s_models)
        {
            var adapter = services.GetRequiredKeyedService<IBatchAdapter>(provider);
            var batch = Batch(provider, model, options);
            await using var memory = new PeakMemory();
            using var process = Process.GetCurrentProcess();
            var began = process.TotalProcessorTime;
            var prepared = await adapter.PrepareAsync(batch, cancellationToken);
            var upload = new CountingStream();
            await prepared.WriteToAsync(upload, cancellationToken);
            process.Refresh();
            var took = (process.TotalProcessorTime - began).TotalSeconds;
            if (upload.Length != prepared.ByteCount)
            {
                throw new InvalidOperationException($"Wrote {upload.Length} bytes of {prepared.ByteCount}.");
            }

            yield return new Figure($"build: 50,000 requests for {provider}", took, "s of CPU", LimitSeconds, LimitSeconds / took, memory.MiB);
        }
    }

    private static ImageBatch Batch(string provider, string model, string options) => new()
    {
        Model = model,
        Requests = [.. Enumerable.Range(0, Requests).Select(i => new ImageRequest
        {
            CustomId = FormattableString.Invariant($"row-{i:D6}"),
            Prompt = FormattableString.Invariant($"A watercolour of a lighthouse at dusk, variation {i}, soft light, high detail, \"no text\", a calm sea — für Größe 日本"),
        })],
        Defaults = new ImageDefaults
        {
            AspectRatio = provider == "openai" ? null : "16:9",
            Size = provider == "openai" ? "1024x1024" : null,
            ProviderOptions = new Dictionary<string, JsonObject> { [provider] = JsonNode.Parse(options)!.AsObject() },
        },
        Tag = "bw1-bench",
    };
}
