using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>Random jobs, random faults of the provider, random people and random kills, all at once.</summary>
internal static class MixedRun
{
    private static readonly string[] s_markers =
        ["[[refuse]]", "[[error]]", "[[flaky]]", "[[missing]]", "[[partial:1]]", "[[duplicate]]", "[[corrupt]]", "[[notimage]]", "[[line:invalid-json]]", "[[line:unknown-id]]", "[[mislabelled]]"];

    /// <summary>Faults that pass: whatever the mix, every good row must be stored in the end.</summary>
    private static readonly (string On, string Do, double Chance)[] s_faults =
    [
        ("create", "accept-then-drop", 0.15), ("create", "accept-then-status:500", 0.1), ("create", "status:503", 0.1), ("create", "accept-then-garbage", 0.1),
        ("create", "status:429;retry-after=3", 0.1), ("upload", "drop-before", 0.1), ("upload", "accept-then-drop", 0.1), ("retrieve", "status:503", 0.1),
        ("retrieve", "drop-before", 0.05), ("content", "reset-at:65536", 0.2), ("content", "truncate:5000", 0.1), ("content", "status:500", 0.1), ("list", "status:502", 0.1),
    ];

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var world = await World.CreateAsync(options.Providers, cancellationToken);
        await using var _ = world;
        world.MostRequests = 15;
        var kills = 0;
        try
        {
            await BreakAsync(world, options, cancellationToken);
            while (world.Jobs.Count < options.Jobs)
            {
                for (var more = random.Next(1, 4); more > 0 && world.Jobs.Count < options.Jobs; more--)
                {
                    GiveJob(world, options, random);
                }

                if (random.Next(2) == 0)
                {
                    var moment = random.Next(1, 200);
                    world.Start("any", moment);
                    await world.DiesAsync(TimeSpan.FromSeconds(20), cancellationToken);
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"kill {++kills}: event {moment} ({world.LastKill}), {world.Jobs.Count} jobs"));
                }
                else
                {
                    world.Start();
                    await world.SettleAsync(cancellationToken);
                    await world.StopAsync(cancellationToken);
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"settled and stopped, {world.Jobs.Count} jobs"));
                }
            }

            await world.Emulator.MendAsync(cancellationToken);
            world.Start();
            await world.SettleAsync(cancellationToken);
            await world.DecideAsync(cancellationToken);
            await world.StopAsync(cancellationToken);
            await world.Emulator.RestartAsync(cancellationToken);
            await Judge.JudgeAsync(world, cancellationToken);
        }
        catch (BrokenPromiseException e)
        {
            await output.WriteLineAsync($"BROKEN: {e.Message}\n      replay: mixed --jobs {options.Jobs.ToString(CultureInfo.InvariantCulture)} --seed {options.Seed.ToString(CultureInfo.InvariantCulture)} --provider {string.Join(',', options.Providers)}; left in {world.Folder}");
            return 1;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"mixed: {world.Jobs.Count} jobs, {kills} kills, seed {options.Seed}: 0 extra paid creates, 0 lost images."));
        if (!options.Keep)
        {
            world.Remove();
        }

        return 0;
    }

    private static async Task BreakAsync(World world, HarnessOptions options, CancellationToken cancellationToken)
    {
        foreach (var provider in options.Providers)
        {
            foreach (var (on, what, chance) in s_faults)
            {
                await world.Emulator.BreakAsync(new { on = ProviderWords.Operation(provider, on), @do = what, chance, seed = options.Seed, times = 0 }, cancellationToken);
            }
        }
    }

    private static void GiveJob(World world, HarnessOptions options, Random random)
    {
        var job = string.Create(CultureInfo.InvariantCulture, $"job-{world.Jobs.Count + 1}");
        var troubled = random.Next(3) == 0;
        world.Give(new Order
        {
            Kind = OrderKind.Run,
            Job = job,
            Provider = options.Providers[random.Next(options.Providers.Count)],
            Images = random.Next(3) == 0 ? 3 : 1,
            Twice = random.Next(4) == 0,
            Prompts = [.. Enumerable.Range(0, random.Next(1, 50)).Select(i => $"{job}, row {i}{(troubled && random.Next(6) == 0 ? s_markers[random.Next(s_markers.Length)] : null)}")],
        });
        if (random.Next(8) == 0)
        {
            world.Give(new Order { Kind = OrderKind.Cancel, Job = job });
        }
    }
}
