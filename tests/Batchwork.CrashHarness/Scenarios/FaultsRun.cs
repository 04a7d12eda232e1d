using System.Diagnostics;
using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;
using Batchwork.Engine.Submission;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>Lets the provider go wrong in each way it can, on the first, the middle and the last call, and judges what became of everything.</summary>
internal static class FaultsRun
{
    /// <summary>Three parts, so that there is a first, a middle and a last of each call.</summary>
    private const int Rows = 12;
    private const int RowsOfAPart = 4;

    private static readonly string[] s_calls = ["first", "middle", "last"];

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var faults = ProviderFaults.All.Where(f => (f.OnlyAt is null || f.OnlyAt == options.Provider) && f.NotAt != options.Provider && options.Wants(f.Id)).ToList();
        var (runs, broken) = (0, 0);
        World? world = null;
        foreach (var fault in faults)
        {
            // A marker stands in the first, the middle and the last row of one job.
            for (var call = 0; call < (fault.On.Length == 0 ? 1 : s_calls.Length); call++)
            {
                var began = Stopwatch.GetTimestamp();
                world ??= await OpenAsync(options, cancellationToken);
                runs++;
                string verdict;
                try
                {
                    verdict = await RunAsync(world, fault, call, options.Provider, cancellationToken) ? "held" : "held, but never struck";
                }
                catch (BrokenPromiseException e)
                {
                    verdict = $"BROKEN: {e.Message}\n      replay: faults --provider {options.Provider} --only {fault.Id}; left in {world.Folder}";
                    broken++;
                    await world.DisposeAsync();
                    world = null;
                }

                var which = fault.On.Length == 0 ? "rows" : s_calls[call];
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{fault} ({which}) {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {verdict}"));
            }
        }

        broken += await CloseAsync(world, options, output, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"faults: {runs} at {options.Provider}, {broken} broken promises."));
        return broken;
    }

    private static async Task<World> OpenAsync(HarnessOptions options, CancellationToken cancellationToken)
    {
        var world = await World.CreateAsync([options.Provider], cancellationToken);
        world.MostRequests = RowsOfAPart;
        world.Start();
        return world;
    }

    /// <returns>Whether the fault struck: a provider that is never asked cannot go wrong.</returns>
    private static async Task<bool> RunAsync(World world, ProviderFault fault, int call, string provider, CancellationToken cancellationToken)
    {
        await world.Emulator.PutAsync(SettingsFor(fault), cancellationToken);
        foreach (var (on, what, after, times) in Rules(fault, call))
        {
            await world.Emulator.BreakAsync(new { on = ProviderWords.Operation(provider, on), @do = what, after, times }, cancellationToken);
        }

        var job = string.Create(CultureInfo.InvariantCulture, $"job-{world.Jobs.Count + 1}-{fault.Id}");
        world.Give(new Order
        {
            Kind = OrderKind.Run,
            Job = job,
            Provider = provider,
            Images = fault.Images,
            MayFail = fault.MayFail,
            Prompts = [.. Enumerable.Range(0, Rows).Select(i => $"{job}, row {i}" + (i is 0 or Rows / 2 or Rows - 1 ? fault.Marker : null))],
        });
        if (fault.Cancel)
        {
            await World.UntilAsync(() => world.Data.AnyAttemptAsync(job, AttemptState.Submitted, cancellationToken), "Nothing is ever submitted.", cancellationToken);
            world.Give(new Order { Kind = OrderKind.Cancel, Job = job });
        }

        await world.SettleAsync(cancellationToken);
        var struck = await world.Emulator.MendAsync(cancellationToken);
        await world.DecideAsync(cancellationToken);
        await Judge.JudgeJobAsync(world, world.Jobs[^1], cancellationToken);
        return struck > 0 || fault.On.Length == 0;
    }

    /// <summary>A batch that is done at once is never asked for, and cannot be cancelled; and only results in files are downloaded, at Google too.</summary>
    private static object SettingsFor(ProviderFault fault) => new
    {
        listLag = fault.ListLag,
        schedule = new { shortestRun = fault.Cancel ? "20m" : "20s", longestRun = fault.Cancel ? "20m" : "20s" },
        google = new { resultsAs = fault.On == "content" ? "file" : "asked" },
    };

    private static IEnumerable<(string On, string Do, int After, int Times)> Rules(ProviderFault fault, int call)
    {
        if (fault.On.Length > 0)
        {
            // Each part is uploaded, created and collected once; the whole list and every status are asked for more often, which only makes it later.
            yield return (fault.On, fault.Do, fault.On == "*" ? call * 5 : fault.On == "list" ? 0 : call, fault.Times);
        }

        if (fault.And is { } and)
        {
            yield return (and.On, and.Do, and.On == fault.On ? call : 0, and.On == "create" ? 3 : 0);
        }
    }

    private static async Task<int> CloseAsync(World? world, HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (world is null)
        {
            return 0;
        }

        await using (world)
        {
            try
            {
                await Judge.JudgeAsync(world, cancellationToken);
            }
            catch (BrokenPromiseException e)
            {
                await output.WriteLineAsync($"BROKEN in the end: {e.Message}; left in {world.Folder}");
                return 1;
            }
        }

        if (!options.Keep)
        {
            world.Remove();
        }

        return 0;
    }
}
