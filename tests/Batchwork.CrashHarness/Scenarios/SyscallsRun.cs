using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>
/// Kills the app at the Nth call of the operating system that makes something durable or tells somebody something, for N = 1, 2, … until the job gets by
/// without ever reaching it. The tracer strace injects the kill; it is not installed by this.
/// </summary>
internal static class SyscallsRun
{
    private static readonly string[] s_calls = ["fsync,fdatasync", "rename", "connect", "sendto,sendmsg"];
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (!IsThere("strace"))
        {
            await output.WriteLineAsync("syscalls: NOT RUN, because there is no strace on this machine. Install it (Debian: apt-get install strace) and run this again.");
            return 1;
        }

        var (kills, broken) = (0, 0);
        foreach (var call in s_calls.Where(c => options.Only.Count == 0 || c.Split(',').Any(options.Wants)))
        {
            // strace counts the calls of each thread by itself. A seed above 1 takes larger steps.
            for (var n = 1; n <= options.Cycles; n += 1 + (options.Seed - 1))
            {
                var world = await World.CreateAsync([options.Provider], cancellationToken);
                await using var _ = world;
                string verdict;
                try
                {
                    var died = await RunAsync(world, call, n, options.Provider, cancellationToken);
                    verdict = died ? "held" : "not reached";
                    kills += died ? 1 : 0;
                }
                catch (BrokenPromiseException e)
                {
                    verdict = $"BROKEN: {e.Message}\n      replay: syscalls --only {call} (N = {n.ToString(CultureInfo.InvariantCulture)}) --cycles {options.Cycles.ToString(CultureInfo.InvariantCulture)} --seed {options.Seed.ToString(CultureInfo.InvariantCulture)}; left in {world.Folder}";
                    broken++;
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{call} {n}: {verdict}"));
                if (!verdict.StartsWith("BROKEN", StringComparison.Ordinal) && !options.Keep)
                {
                    world.Remove();
                }

                if (verdict == "not reached")
                {
                    break;
                }
            }
        }

        if (options.Wants("order"))
        {
            broken += await TraceOrderAsync(options, output, cancellationToken);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"syscalls: {kills} kills at {options.Provider}, {broken} broken promises."));
        return broken;
    }

    private static async Task<int> TraceOrderAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var world = await World.CreateAsync([options.Provider], cancellationToken);
        await using var _ = world;
        // With --daemonize the tracer stands aside, and the process we know is the app itself.
        var trace = Path.Combine(world.Folder, "trace.txt");
        GiveJob(world, options.Provider);
        world.Start(under: ["strace", "--daemonize", "--follow-forks", "--quiet=all", "--decode-fds=path", $"--output={trace}", "--trace=fsync,fdatasync,rename,renameat,renameat2"]);
        await world.SettleAsync(cancellationToken);
        await world.StopAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        var fault = DurableOrder.FindFault(await File.ReadAllLinesAsync(trace, cancellationToken));
        await output.WriteLineAsync(fault is null ? "order: held" : $"order: BROKEN: {fault}; left in {world.Folder}");
        return fault is null ? 0 : 1;
    }

    private static async Task<bool> RunAsync(World world, string call, int n, string provider, CancellationToken cancellationToken)
    {
        GiveJob(world, provider);
        string[] tracer = ["strace", "--daemonize", "--follow-forks", "--quiet=all", "--output=/dev/null", $"--trace={call}", string.Create(CultureInfo.InvariantCulture, $"--inject={call}:signal=SIGKILL:when={n}")];
        world.Start(under: tracer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var settled = world.SettleAsync(stop.Token);
        var died = world.App!.EndsWithinAsync(s_longest, cancellationToken);
        await Task.WhenAny(settled, died);
        var isDead = world.App.HasExited;
        await stop.CancelAsync();
        await ((Task)settled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isDead)
        {
            await world.DiesAsync(TimeSpan.Zero, cancellationToken);
            world.Start();
            await world.SettleAsync(cancellationToken);
            await world.DecideAsync(cancellationToken);
        }

        await Judge.JudgeAsync(world, cancellationToken);
        return isDead;
    }

    private static void GiveJob(World world, string provider) => world.Give(new Order
    {
        Kind = OrderKind.Run,
        Job = "job-1",
        Provider = provider,
        Images = 2,
        Prompts = [.. Enumerable.Range(0, 6).Select(i => $"Row {i}")],
    });

    private static bool IsThere(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
