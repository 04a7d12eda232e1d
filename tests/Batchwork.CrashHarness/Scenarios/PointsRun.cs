using System.Diagnostics;
using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>
/// Kills the app once at each crash point, starts it again and judges what became of everything. Points follow one another on one data folder, job after
/// job, unless they need a fresh one or the option <c>--apart</c> gives one to each.
/// </summary>
internal static class PointsRun
{
    private static readonly TimeSpan s_untilDeath = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_frozen = TimeSpan.FromSeconds(25);

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var faults = 0;
        World? shared = null;
        var points = CrashPoints.All.Where(p => p.IsAt(options.Provider) && options.Wants(p.Id)).ToList();
        foreach (var point in points)
        {
            var began = Stopwatch.GetTimestamp();
            var isApart = options.Apart || point.Apart;
            var world = isApart ? await World.CreateAsync([options.Provider], cancellationToken) : shared ??= await World.CreateAsync([options.Provider], cancellationToken);
            string verdict;
            try
            {
                await RunAsync(world, point, options.Provider, cancellationToken);
                await (isApart ? EndAsync(world, cancellationToken) : Judge.JudgeProviderAsync(world, cancellationToken));
                await (point.Judge?.Invoke(world, cancellationToken) ?? Task.CompletedTask);
                verdict = "held";
            }
            catch (BrokenPromiseException e)
            {
                verdict = $"BROKEN: {e.Message}\n      replay: points --provider {options.Provider} --only {point.Id} --apart; left in {world.Folder}";
                faults++;
                await world.DisposeAsync();
                shared = isApart ? shared : null;
            }

            if (isApart && verdict == "held" && !options.Keep)
            {
                world.Remove();
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{point.Id,-5} {options.Provider,-6} {Stopwatch.GetElapsedTime(began).TotalSeconds,5:0.0} s  {point.What}: {verdict}"));
        }

        faults += await CloseAsync(shared, options, output, cancellationToken);
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

        if (world.App is not null)
        {
            world.Arm(point.Event, point.Occurrence);
        }

        world.Give(JobOf(point, provider));
        if (world.App is null)
        {
            world.Start(point.Event, point.Occurrence, point.Freeze);
        }

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
            await (point.Between?.Invoke(world, cancellationToken) ?? Task.CompletedTask);
            world.Start();
            await (point.Restarted?.Invoke(world, cancellationToken) ?? Task.CompletedTask);
        }

        await world.SettleAsync(cancellationToken);
        await world.DecideAsync(cancellationToken);
    }

    private static Order JobOf(CrashPoint point, string provider) => new()
    {
        Kind = OrderKind.Run,
        Job = $"job-{point.Id}",
        Provider = provider,
        Images = point.Images,
        Twice = point.Twice,
        MayFail = point.MayFail,
        Prompts = [.. Enumerable.Range(0, point.Rows).Select(i => $"Crash point {point.Id}, row {i}" + (i % 3 == 2 ? point.Marker : null))],
    };

    private static async Task EndAsync(World world, CancellationToken cancellationToken)
    {
        await Judge.JudgeAsync(world, cancellationToken);
        await world.DisposeAsync();
    }

    private static async Task<int> CloseAsync(World? world, HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (world is null)
        {
            return 0;
        }

        try
        {
            await using var _ = world;
            await Judge.JudgeAsync(world, cancellationToken);
        }
        catch (BrokenPromiseException e)
        {
            await output.WriteLineAsync($"BROKEN in the end: {e.Message}; left in {world.Folder}");
            return 1;
        }

        if (!options.Keep)
        {
            world.Remove();
        }

        return 0;
    }

    /// <summary>The process sleeps through its lease and wakes up not knowing: it must not send what it was about to.</summary>
    private static async Task ThawAsync(World world, CancellationToken cancellationToken)
    {
        await World.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(world.Folder, "killed"))), "The app never came to the moment to freeze.", cancellationToken);
        await Task.Delay(s_frozen, TimeProvider.System, cancellationToken);
        var before = await world.CountCreatesAsync(cancellationToken);
        await world.App!.SignalAsync("-CONT", cancellationToken);
        if (before != 0)
        {
            throw new BrokenPromiseException("C20: the paid call was made by a frozen process.");
        }
    }
}
