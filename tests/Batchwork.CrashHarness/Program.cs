using Batchwork.CrashHarness;
using Batchwork.CrashHarness.Scenarios;

// dotnet run --project tests/Batchwork.CrashHarness -- VERB [options]: kills the real app and judges it by the emulator's ledger. See docs/testing.md.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var options = HarnessOptions.Read(args.AsSpan(Math.Min(1, args.Length)));
Func<HarnessOptions, TextWriter, CancellationToken, Task<int>>? run = args.FirstOrDefault() switch
{
    "points" => PointsRun.RunAsync,
    "random" => RandomRun.RunAsync,
    "syscalls" => SyscallsRun.RunAsync,
    "faults" => FaultsRun.RunAsync,
    "mixed" => MixedRun.RunAsync,
    _ => null,
};
if (options is null || run is null)
{
    await Console.Error.WriteLineAsync(
        "points | random | syscalls | faults | mixed, then [--provider openai,google,xai] [--only C11,F13] [--cycles N] [--jobs N] [--seed S] [--keep] [--apart]");
    return 2;
}

return await run(options, Console.Out, stop.Token) == 0 ? 0 : 1;
