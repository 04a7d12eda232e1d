using System.Diagnostics;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;

namespace Batchwork.Benchmarks;

/// <summary>A job's archive written to a file, beside a plain copy of the same pictures into one file: the best of some rounds. And the time to its first byte.</summary>
internal static class ZipBenchmark
{
    private const int Pictures = 1_000;
    private const int PictureBytes = 1_050_000;
    private const int Rounds = 5;

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(cancellationToken);
        var connectionId = await engine.AddConnectionAsync(new Uri("http://127.0.0.1:9/openai/v1"), cancellationToken);
        var draftId = await engine.AddDraftAsync(Pictures, connectionId, cancellationToken);
        var jobId = await engine.Get<JobStarter>().RunAsync(engine.Owner, draftId, cancellationToken);
        await engine.FillAsync(jobId, PictureBytes, cancellationToken);

        await using var memory = new PeakMemory();
        var (plain, best, firstByte) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            plain = Least(plain, Time(engine.DataFolder, "copy.bin", target => Copy(engine.DataFolder, target)));
            var watch = Stopwatch.StartNew();
            var archive = await engine.Get<ArchiveService>().OpenAsync(engine.Owner, jobId, NamePattern.Default, cancellationToken);
            var path = Path.Combine(engine.DataFolder.Root, "archive.zip");
            await using (var file = new FirstByteStream(File.Create(path), watch))
            {
                await archive!.WriteAsync(file, 0, null, cancellationToken);
                best = Least(best, watch.Elapsed);
                firstByte = file.FirstByteAfter > firstByte ? file.FirstByteAfter : firstByte;
                file.FlushToDisk();
            }

            File.Delete(path);
        }

        var bytes = (double)Pictures * PictureBytes;
        var ours = bytes / best.TotalSeconds / 1e6;
        var limit = bytes / plain.TotalSeconds / 1e6;
        yield return new Figure("zip: archive of 1,000 images", ours, "MB/s", limit, ours / limit, memory.MiB);
        yield return new Figure("zip: first byte, the slowest", firstByte.TotalMilliseconds, "ms", null, null, null);
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Writes a file. What waits to be written back is put on disk afterwards, so that no round pays for the one before.</summary>
    private static TimeSpan Time(DataFolder folder, string name, Action<FileStream> write)
    {
        var path = Path.Combine(folder.Root, name);
        using (var target = File.Create(path, bufferSize: 0))
        {
            var began = Stopwatch.GetTimestamp();
            write(target);
            var took = Stopwatch.GetElapsedTime(began);
            target.Flush(flushToDisk: true);
            File.Delete(path);
            return took;
        }
    }

    /// <summary>Reads every picture and writes it behind the one before.</summary>
    private static void Copy(DataFolder folder, FileStream target)
    {
        var buffer = new byte[1 << 20];
        foreach (var path in Directory.EnumerateFiles(folder.Images, "*.png", SearchOption.AllDirectories))
        {
            using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            int read;
            while ((read = source.Read(buffer)) > 0)
            {
                target.Write(buffer, 0, read);
            }
        }
    }
}
