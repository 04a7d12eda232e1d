using System.Runtime.CompilerServices;

namespace Batchwork.Benchmarks;

/// <summary>A Gemini operation and an xAI page of 1 GB, single JSON documents, beside OpenAI's lines of the same results.</summary>
internal static class PageBenchmark
{
    private const int Rounds = 2;

    private static readonly LoadAnswer s_results = new(715, 1, 1_400_000);
    private static readonly (string Provider, string Name)[] s_documents = [("google", "a Gemini document"), ("xai", "an xAI page")];

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = await LoadSource.StartAsync(cancellationToken);
        var speed = new ReadSpeed(source.Address);
        var lines = await speed.MeasureAsync("openai", s_results, Rounds, cancellationToken);
        foreach (var (provider, name) in s_documents)
        {
            await using var memory = new PeakMemory();
            var document = await speed.MeasureAsync(provider, s_results, Rounds, cancellationToken);
            yield return new Figure($"page: {name} of 1 GB beside lines", document, "MB/s", lines, document / lines, memory.MiB);
        }
    }
}
