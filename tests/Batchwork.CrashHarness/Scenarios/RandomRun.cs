using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>
/// Kills the app over and over while it works: at a random moment, or at a random one of the things it does. Always on the same data folder, with new jobs
/// as the old ones end. The seed decides when; what the app is doing at that moment differs from run to run.
/// </summary>
internal static class RandomRun
{
    private const int OpenJobs = 3;

    /// <summary>An event that never comes within this time was the last the app had to do.</summary>
    private static readonly TimeSpan s_longestLife = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var world = await World.CreateAsync(options.Providers, cancellationToken);
        await using var _ = world;
        world.MostRequests = 12;
        try
        {
            for (var cycle = 1; cycle <= options.Cycles; cycle++)
            {
                for (var open = await world.Data.CountOpenAsync(cancellationToken) + (world.AllOrdersDone ? 0 : 1); open < OpenJobs; open++)
                {
                    world.Give(NewJob(options, random, world.Jobs.Count + 1));
                }

                var atEvent = random.Next(4) > 0;
                var moment = atEvent ? (int)Math.Pow(2, 7.5 * random.NextDouble()) : random.Next(6_000);
                world.Start(atEvent ? "any" : null, moment);
                await world.DiesAsync(atEvent ? s_longestLife : TimeSpan.FromMilliseconds(moment), cancellationToken);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"kill {cycle}: {(atEvent ? $"event {moment}" : $"after {moment} ms")} ({world.LastKill}), jobs so far {world.Jobs.Count}"));
                if (cycle % 10 == 0)
                {
                    // The provider's machine crashes too.
                    await world.Emulator.RestartAsync(cancellationToken);
                }
            }

            world.Start();
            await world.SettleAsync(cancellationToken);
            await world.DecideAsync(cancellationToken);
            await world.StopAsync(cancellationToken);
            await world.Emulator.RestartAsync(cancellationToken);
            await Judge.JudgeAsync(world, cancellationToken);
        }
        catch (BrokenPromiseException e)
        {
            await output.WriteLineAsync($"BROKEN: {e.Message}\n      replay: random --cycles {options.Cycles.ToString(CultureInfo.InvariantCulture)} --seed {options.Seed.ToString(CultureInfo.InvariantCulture)}; left in {world.Folder}");
            return 1;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"random: {options.Cycles} kills, {world.Jobs.Count} jobs, seed {options.Seed}: 0 extra paid creates, 0 lost images."));
        if (!options.Keep)
        {
            world.Remove();
        }

        return 0;
    }

    private static Order NewJob(HarnessOptions options, Random random, int number) => new()
    {
        Kind = OrderKind.Run,
        Job = string.Create(CultureInfo.InvariantCulture, $"job-{number}"),
        Provider = options.Providers[random.Next(options.Providers.Count)],
        Images = random.Next(3) == 0 ? 3 : 1,
        Twice = random.Next(4) == 0,
        Prompts = [.. Enumerable.Range(0, random.Next(2, 40)).Select(i => $"Job {number}, row {i}{(random.Next(12) == 0 ? " [[error]]" : null)}")],
    };
}
