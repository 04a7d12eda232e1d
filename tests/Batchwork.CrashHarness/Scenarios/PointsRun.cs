using System.Diagnostics;
using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>Kills the app once at each crash point, starts it again and judges what became of everything.</summary>
internal static class PointsRun
{
    private static readonly TimeSpan s_untilDeath = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_frozen = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var faults = 0;
        var points = CrashPoints.All.Where(p => p.IsAt(options.Provider) && options.Wants(p.Id)).ToList();
        foreach (var point in points)
        {
            var began = Stopwatch.GetTimestamp();
            var world = await World.CreateAsync([options.Provider], cancellationToken);
            string verdict;
            await using (world)
            {
                try
                {
                    await RunAsync(world, point, options.Provider, cancellationToken);
                    verdict = "held";
                }
                catch (BrokenPromiseException e)
                {
                    verdict = $"BROKEN: {e.Message}\n      replay: points --provider {options.Provider} --only {point.Id}; left in {world.Folder}";
                    faults++;
                }
            }

            if (verdict == "held" && !options.Keep)
            {
                world.Remove();
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{point.Id,-5} {options.Provider,-6} {Stopwatch.GetElapsedTime(began).TotalSeconds,5:0.0} s  {point.What}: {verdict}"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"points: {points.Count} kills at {options.Provider}, {faults} broken promises."));
        return faults;
    }

    private static async Task RunAsync(World world, CrashPoint point, string provider, CancellationToken cancellationToken)
    {
        world.MostRequests = point.MostRequests;
        if (point.Fault is { } fault)
        {
            await world.Emulator.BreakAsync(new { on = ProviderWords.Operation(provider, fault.On), @do = fault.Do, times = 0 }, cancellationToken);
        }

        world.Give(new Order
        {
            Kind = OrderKind.Run,
            Job = "job-1",
            Provider = provider,
            Images = point.Images,
            Twice = point.Twice,
            MayFail = point.MayFail,
            Prompts = [.. Enumerable.Range(0, point.Rows).Select(i => $"Crash point {point.Id}, row {i}" + (i % 3 == 2 ? point.Marker : null))],
        });
        world.Start(point.Event, point.Occurrence, point.Freeze);
        if (point.Before is { } before)
        {
            await before(world, cancellationToken);
        }

        if (point.Freeze)
        {
            await ThawAsync(world, cancellationToken);
        }
        else if (!await world.DiesAsync(s_untilDeath, cancellationToken))
        {
            throw new BrokenPromiseException($"The app never came to {point.Event}, so nothing was tested.");
        }
        else
        {
            await world.Emulator.MendAsync(cancellationToken);
            world.Start();
        }

        await world.SettleAsync(cancellationToken);
        await world.DecideAsync(cancellationToken);
        if (point.Judge is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        }

        await Judge.JudgeAsync(world, cancellationToken);
        await (point.Judge?.Invoke(world, cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>The process sleeps through its lease and wakes up not knowing: it must not send what it was about to.</summary>
    private static async Task ThawAsync(World world, CancellationToken cancellationToken)
    {
        while (!File.Exists(Path.Combine(world.Folder, "killed")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        await Task.Delay(s_frozen, TimeProvider.System, cancellationToken);
        var before = (await world.Emulator.LedgerAsync(cancellationToken)).GetProperty("totals").GetProperty("creates").GetInt32();
        await world.App!.SignalAsync("-CONT", cancellationToken);
        if (before != 0)
        {
            throw new BrokenPromiseException("C20: the paid call was made by a frozen process.");
        }
    }
}
