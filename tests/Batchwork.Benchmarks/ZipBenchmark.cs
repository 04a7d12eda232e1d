using System.Diagnostics;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Jobs;

namespace Batchwork.Benchmarks;

/// <summary>A job's archive written to a file, beside a plain copy of the same pictures into one file; and the time to its first byte.</summary>
internal static class ZipBenchmark
{
    private const int Pictures = 1_000;
    private const int PictureBytes = 1_050_000;

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(cancellationToken);
        var connectionId = await engine.AddConnectionAsync(new Uri("http://127.0.0.1:9/openai/v1"), cancellationToken);
        var draftId = await engine.AddDraftAsync(Pictures, connectionId, cancellationToken);
        var jobId = await engine.Get<JobStarter>().RunAsync(engine.Owner, draftId, cancellationToken);
        await engine.FillAsync(jobId, PictureBytes, cancellationToken);

        var plain = Copy(engine.DataFolder);
        await using var memory = new PeakMemory();
        var watch = Stopwatch.StartNew();
        var archive = await engine.Get<ArchiveService>().OpenAsync(engine.Owner, jobId, NamePattern.Default, cancellationToken);
        await using var file = new FirstByteStream(File.Create(Path.Combine(engine.DataFolder.Root, "archive.zip")), watch);
        await archive!.WriteAsync(file, 0, null, cancellationToken);
        watch.Stop();

        var bytes = (double)Pictures * PictureBytes;
        var ours = bytes / watch.Elapsed.TotalSeconds / 1e6;
        var limit = bytes / plain.TotalSeconds / 1e6;
        yield return new Figure("zip: archive of 1,000 images", ours, "MB/s", limit, ours / limit, memory.MiB);
        yield return new Figure("zip: first byte", file.FirstByteAfter.TotalMilliseconds, "ms", null, null, null);
    }

    /// <summary>Reads every picture and writes it behind the one before.</summary>
    private static TimeSpan Copy(Engine.Hosting.DataFolder folder)
    {
        var buffer = new byte[1 << 20];
        var began = Stopwatch.GetTimestamp();
        using var target = File.Create(Path.Combine(folder.Root, "copy.bin"), bufferSize: 0);
        foreach (var path in Directory.EnumerateFiles(folder.Images, "*.png", SearchOption.AllDirectories))
        {
            using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            int read;
            while ((read = source.Read(buffer)) > 0)
            {
                target.Write(buffer, 0, read);
            }
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
