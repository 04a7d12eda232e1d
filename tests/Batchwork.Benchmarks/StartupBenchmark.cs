using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Batchwork.Benchmarks;

/// <summary>The dashboard as a process: from its start to the first page, and its memory when nobody does anything. Then the demo.</summary>
internal static class StartupBenchmark
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(15);

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            var environment = new Dictionary<string, string>
            {
                ["Batchwork__DataFolder"] = folder,
                ["Batchwork__Setup__Email"] = "ana@example.com",
                ["Batchwork__Setup__Password"] = "correct horse battery",
            };
            var began = Stopwatch.GetTimestamp();
            await using var dashboard = await BuiltApp.StartAsync("Batchwork.Dashboard", [], environment, cancellationToken);
            using var client = new HttpClient { BaseAddress = dashboard.Address };
            using (var page = await client.GetAsync("sign-in", cancellationToken))
            {
                page.EnsureSuccessStatusCode();
            }

            yield return new Figure("startup: empty data folder to first page", Stopwatch.GetElapsedTime(began).TotalSeconds, "s", null, null, null);
            await Task.Delay(s_idle, TimeProvider.System, cancellationToken);
            yield return new Figure("startup: idle memory", PeakMemory.Of(dashboard.Process), "MiB", null, null, null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var (took, images) = await DemoRun.MeasureAsync(cancellationToken);
        yield return new Figure($"startup: demo sheet from Run to Done, {images} pictures stored", took.TotalSeconds, "s", null, null, null);
    }
}
