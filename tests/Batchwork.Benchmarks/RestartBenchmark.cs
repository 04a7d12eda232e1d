using System.Diagnostics;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Microsoft.Data.Sqlite;

namespace Batchwork.Benchmarks;

/// <summary>
/// The dashboard started again on a folder with a million stored pictures, beside the same start on a folder with none: to the first page and to the first due
/// part that is worked on. Then the reads behind the pages at that size.
/// </summary>
internal static class RestartBenchmark
{
    private const int Rounds = 3;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var small = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        var huge = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            // The first start sets the installation up; only a later one is a restart.
            await StartAsync(small, null, cancellationToken);
            await StartAsync(huge, null, cancellationToken);
            var folder = new HugeFolder(huge);
            var filling = Stopwatch.StartNew();
            await folder.FillAsync(cancellationToken);
            filling.Stop();

            // In turns, and the better of each: a machine is not equally busy all the time.
            var (plain, restart) = (Started.Never, Started.Never);
            for (var round = 0; round < Rounds; round++)
            {
                plain = plain.Or(await StartAsync(small, null, cancellationToken));
                await folder.MakeDueAsync(cancellationToken);
                restart = restart.Or(await StartAsync(huge, folder, cancellationToken));
            }

            yield return new Figure($"restart: {HugeFolder.Pictures:N0} pictures and their rows put into the tables", filling.Elapsed.TotalSeconds, "s", null, null, null);
            yield return new Figure("restart: start to first page", restart.Page.TotalSeconds, "s", plain.Page.TotalSeconds, plain.Page / restart.Page, null);
            yield return new Figure("restart: start to first due part worked on", restart.Work.TotalSeconds, "s", plain.Page.TotalSeconds, plain.Page / restart.Work, null);
            yield return new Figure("restart: processor time until then", restart.Processor.TotalSeconds, "s", plain.Processor.TotalSeconds, plain.Processor / restart.Processor, null);
            yield return new Figure("restart: memory then", restart.MiB, "MiB", plain.MiB, plain.MiB / restart.MiB, null);
            await foreach (var figure in ReadsAsync(huge, cancellationToken))
            {
                yield return figure;
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(small, recursive: true);
            Directory.Delete(huge, recursive: true);
        }
    }

    private static async Task<Started> StartAsync(string folder, HugeFolder? watched, CancellationToken cancellationToken)
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

        var shown = Stopwatch.GetElapsedTime(began);
        while (watched is not null && !await watched.HasWorkedAsync(cancellationToken))
        {
            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }

        dashboard.Process.Refresh();
        return new Started(shown, Stopwatch.GetElapsedTime(began), dashboard.Process.TotalProcessorTime, PeakMemory.Of(dashboard.Process));
    }

    private static async IAsyncEnumerable<Figure> ReadsAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(cancellationToken, folder);
        var (jobs, gallery, ana, job) = (engine.Get<JobQueries>(), engine.Get<GalleryQueries>(), engine.Owner, HugeFolder.LargeJob);
        var places = await gallery.PlacesAsync(ana, job, cancellationToken);
        (string Name, Func<Task> Read)[] reads =
        [
            ("Home", () => engine.Get<OverviewQueries>().ReadAsync(ana, cancellationToken)),
            ("Jobs, its list", () => jobs.ListAsync(ana, new JobFilter { Count = 50 }, cancellationToken)),
            ("Jobs, its counts", () => jobs.CountAsync(ana, cancellationToken)),
            ("job of 200,000 rows, its head", () => jobs.GetAsync(ana, job, cancellationToken)),
            ("job of 200,000 rows, its last rows", () => jobs.RowsAsync(ana, job, new RowFilter { Offset = HugeFolder.LargeRows - 100, Count = 100 }, cancellationToken)),
            ("job of 200,000 rows, its problems", () => jobs.ProblemsAsync(ana, job, cancellationToken)),
            ("job of 200,000 rows, its timeline", () => jobs.ActivityAsync(ana, job, 0, 100, cancellationToken)),
            ("gallery of 200,000, its places", () => gallery.PlacesAsync(ana, job, cancellationToken)),
            ("gallery of 200,000, its last window", () => gallery.ReadPlacesAsync(ana, job, places, HugeFolder.LargeRows - 200, 200, cancellationToken)),
            ("gallery of 200,000, its last pictures", () => gallery.ReadPicturesAsync(ana, job, null, HugeFolder.LargeRows - 200, 200, cancellationToken)),
            ("gallery of 200,000, its latest", () => gallery.FindLatestAsync(ana, job, cancellationToken)),
            ("gallery of the oldest job, its latest", () => gallery.FindLatestAsync(ana, HugeFolder.OldestJob, cancellationToken)),
        ];
        foreach (var (name, read) in reads)
        {
            // The processor's time, which a busy machine does not stretch; with what was needed for the database's pages already in memory.
            await read();
            var began = Environment.CpuUsage.TotalTime;
            for (var round = 0; round < Rounds; round++)
            {
                await read();
            }

            yield return new Figure($"restart: {name}, processor time", (Environment.CpuUsage.TotalTime - began).TotalMilliseconds / Rounds, "ms", null, null, null);
        }
    }

    /// <summary>A start: to its first page, to its first work, with how much of the processor and of memory.</summary>
    private sealed record Started(TimeSpan Page, TimeSpan Work, TimeSpan Processor, double MiB)
    {
        public static Started Never { get; } = new(TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue, 0);

        public Started Or(Started other) => Work <= other.Work ? this : other;
    }
}
