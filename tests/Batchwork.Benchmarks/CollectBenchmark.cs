using System.Diagnostics;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Benchmarks;

/// <summary>
/// An OpenAI result file of 1,000 lines of about 1.4 MB over loopback, from the emulator in a process of its own, to image files on disk and
/// ledger rows, beside decoding and writing the same bytes and nothing else: the best of some rounds, so that compiling is not what is measured.
/// </summary>
internal static class CollectBenchmark
{
    private const int Rows = 1_000;
    private const int Rounds = 3;

    /// <summary>A few pictures again and again, all done at once: it is our work that is measured.</summary>
    private static readonly Dictionary<string, string> s_emulator = new()
    {
        ["Emulator__Repeat"] = "8",
        ["Emulator__Schedule__Validating"] = "00:00:00",
        ["Emulator__Schedule__ShortestRun"] = "00:00:00",
        ["Emulator__Schedule__PicturesPerSecond"] = "1000000",
        ["Emulator__Schedule__Finalizing"] = "00:00:00",
    };

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            await using var emulator = await BuiltApp.StartAsync("Batchwork.Emulator", ["--state", state], s_emulator, cancellationToken);
            await using var engine = await BenchmarkEngine.StartAsync(cancellationToken);
            var connectionId = await engine.AddConnectionAsync(new Uri(emulator.Address, "openai/v1"), cancellationToken);
            await using var memory = new PeakMemory();
            var (ours, plain) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                var (bytes, took) = await CollectAsync(engine, connectionId, emulator.Address, cancellationToken);
                ours = Math.Max(ours, bytes / took.TotalSeconds / 1e6);
                plain = Math.Max(plain, bytes / (await LimitAsync(engine, cancellationToken)).TotalSeconds / 1e6);
            }

            yield return new Figure("collect: result lines to images and ledger", ours, "MB/s", plain, ours / plain, memory.MiB);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static async Task<(long Bytes, TimeSpan Took)> CollectAsync(BenchmarkEngine engine, Guid connectionId, Uri emulator, CancellationToken cancellationToken)
    {
        var draftId = await engine.AddDraftAsync(Rows, connectionId, cancellationToken);
        var jobId = await engine.Get<JobStarter>().RunAsync(engine.Owner, draftId, cancellationToken);
        var collecting = await engine.RunUntilCollectingAsync(jobId, cancellationToken);

        // Asked for once before, so that the emulator has the file on disk and its making is not measured.
        var bytes = await DownloadAsync(emulator, collecting.OutputFileId!, cancellationToken);
        var lease = await engine.Get<LeaseKeeper>().TryTakeAsync(collecting.Id, cancellationToken);
        var watch = Stopwatch.StartNew();
        await engine.Get<PartRunner>().RunAsync(lease!, cancellationToken);
        watch.Stop();
        await using var context = engine.CreateContext();
        var stored = await context.StoredImages.CountAsync(i => i.JobId == jobId, cancellationToken);
        return stored == Rows
            ? (bytes, watch.Elapsed)
            : throw new InvalidOperationException($"Stored {stored} of {Rows} images: {(await context.JobParts.SingleAsync(p => p.Id == collecting.Id, cancellationToken)).Reason}");
    }

    private static async Task<TimeSpan> LimitAsync(BenchmarkEngine engine, CancellationToken cancellationToken)
    {
        await using var context = engine.CreateContext();
        return PlainWork.Time(engine.DataFolder.Root, Rows, (int)await context.StoredImages.AverageAsync(i => i.Bytes, cancellationToken));
    }

    private static async Task<long> DownloadAsync(Uri emulator, string fileId, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = emulator };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"openai/v1/files/{fileId}/content");
        request.Headers.Authorization = new("Bearer", "sk-bench");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var counter = new CountingStream();
        await answer.Content.CopyToAsync(counter, cancellationToken);
        return counter.Length;
    }
}
