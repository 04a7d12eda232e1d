using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Benchmarks;

/// <summary>
/// Jobs of 1,000, 10,000 and 50,000 rows from Run to Done: the dashboard as a process of its own against the emulator as another. What is lost is counted in the
/// ledger, memory is the process's own highest, beside that of the smallest job; time beside decoding and writing the same pictures and nothing else.
/// </summary>
internal static class LargeBenchmark
{
    private static readonly int[] s_sizes = [1_000, 10_000, 50_000];

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    /// <summary>A thousand different pictures, the smaller format, all done at once: it is our work that is measured.</summary>
    private static readonly Dictionary<string, string> s_emulator = new()
    {
        ["Emulator__Repeat"] = "1000",
        ["Emulator__OutputFormat"] = "webp",
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
            double? least = null;
            foreach (var rows in s_sizes)
            {
                var run = await RunAsync(rows, new Uri(emulator.Address, "openai/v1"), cancellationToken);
                least ??= run.PeakMiB;
                yield return new Figure($"large: {rows:N0} rows, pictures lost", rows - run.Stored, "pictures", null, null, null);
                yield return new Figure($"large: {rows:N0} rows, Run to Done", run.Took.TotalSeconds, "s", run.Plain.TotalSeconds, run.Plain / run.Took, null);
                yield return new Figure($"large: {rows:N0} rows, highest memory of the app", run.PeakMiB, "MiB", least, least / run.PeakMiB, run.PeakMiB - least);
            }
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static async Task<(int Stored, TimeSpan Took, TimeSpan Plain, double PeakMiB)> RunAsync(int rows, Uri provider, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            await using (var engine = await BenchmarkEngine.StartAsync(cancellationToken, folder))
            {
                var draftId = await engine.AddDraftAsync(rows, await engine.AddConnectionAsync(provider, cancellationToken), cancellationToken);
                await engine.Get<JobStarter>().RunAsync(engine.Owner, draftId, cancellationToken);
            }

            var (took, peak) = await WatchAsync(folder, cancellationToken);
            await using var after = await BenchmarkEngine.StartAsync(cancellationToken, folder);
            await using var context = after.CreateContext();
            var job = await context.Jobs.SingleAsync(cancellationToken);
            if (job.State != JobState.Done)
            {
                throw new InvalidOperationException($"The job of {rows} rows ended as {job.State}: {job.Reason}");
            }

            // One picture a row is asked for, so what a row has and what the disk has must both be there.
            var stored = await context.JobRows.CountAsync(r => r.State == RowState.Stored && context.StoredImages.Any(i => i.RowId == r.Id), cancellationToken);
            var bytes = (int)await context.StoredImages.AverageAsync(i => i.Bytes, cancellationToken);
            return (stored, took, PlainWork.Time(folder, rows, bytes), peak);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Took, double PeakMiB)> WatchAsync(string folder, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["Batchwork__DataFolder"] = folder, ["Batchwork__AllowPrivateAddresses"] = "true" };
        var began = Stopwatch.GetTimestamp();
        await using var dashboard = await BuiltApp.StartAsync("Batchwork.Dashboard", [], environment, cancellationToken);
        while (!await HasEndedAsync(folder, cancellationToken))
        {
            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }

        return (Stopwatch.GetElapsedTime(began), HighestOf(dashboard.Process));
    }

    private static async Task<bool> HasEndedAsync(string folder, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "batchwork.db")};Mode=ReadOnly");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EndedAt IS NOT NULL OR State = 7 FROM Jobs";
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>The highest resident memory of a process since its start, as Linux counts it: <c>VmHWM:	  184320 kB</c>.</summary>
    private static double HighestOf(Process process)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status")).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmHWM:".Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }
}
