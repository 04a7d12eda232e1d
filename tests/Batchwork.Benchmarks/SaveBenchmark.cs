using System.Runtime.CompilerServices;

namespace Batchwork.Benchmarks;

/// <summary>The library alone: 1,000 ordinary OpenAI results over loopback to image files, beside decoding and writing the same bytes and nothing else.</summary>
internal static class SaveBenchmark
{
    private const int Rounds = 3;

    private static readonly LoadAnswer s_ordinary = new(1_000, 1, 1_400_000);

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = await LoadSource.StartAsync(cancellationToken);
        var speed = new ReadSpeed(source.Address);
        var folder = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            await using var memory = new PeakMemory();
            var (ours, plain) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                ours = Math.Max(ours, await speed.MeasureAsync("openai", s_ordinary, 1, cancellationToken));
                plain = Math.Max(plain, s_ordinary.AllLetters / PlainWork.Time(folder, s_ordinary.Results, s_ordinary.Letters / 4 * 3).TotalSeconds / 1e6);
            }

            yield return new Figure("collect: result lines to image files, the library alone", ours, "MB/s", plain, ours / plain, memory.MiB);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
