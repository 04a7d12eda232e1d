using System.Runtime.CompilerServices;

namespace Batchwork.Benchmarks;

/// <summary>Lines of 93 and of 300 MB, with ten pictures each, beside ordinary lines of the same length together: how wide a line is must not matter.</summary>
internal static class WideBenchmark
{
    private const int Rounds = 3;

    private static readonly LoadAnswer s_ordinary = new(215, 1, 1_400_000);
    private static readonly (string Name, LoadAnswer Answer)[] s_wide = [("93 MB", new(1, 10, 9_300_000)), ("300 MB", new(1, 10, 30_000_000))];

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = await LoadSource.StartAsync(cancellationToken);
        var speed = new ReadSpeed(source.Address);
        var ordinary = await speed.MeasureAsync("openai", s_ordinary, Rounds, cancellationToken);
        foreach (var (name, answer) in s_wide)
        {
            await using var memory = new PeakMemory();
            var wide = await speed.MeasureAsync("openai", answer, Rounds, cancellationToken);
            yield return new Figure($"wide: one line of {name} beside ordinary lines", wide, "MB/s", ordinary, wide / ordinary, memory.MiB);
        }
    }
}
