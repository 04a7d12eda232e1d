using Batchwork.CrashHarness.Scenarios;

namespace Batchwork.CrashHarness.Tests;

/// <summary>The part of the harness that runs with every change: at least twenty kills of the real program, in a few minutes. docs/testing.md has the whole.</summary>
public sealed class HarnessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_KilledOverAndOver_PaysOnceAndLosesNothing() =>
        await RunAsync(RandomRun.RunAsync, new HarnessOptions { Cycles = 16, Seed = 20261124 });

    [Fact]
    public async Task Points_AroundThePaidCallAndTheLedger_Hold() =>
        await RunAsync(PointsRun.RunAsync, new HarnessOptions { Only = ["C07b", "C11", "C12", "C25b", "C27"] });

    [Fact]
    public async Task Faults_AroundThePaidCall_Hold() =>
        await RunAsync(FaultsRun.RunAsync, new HarnessOptions { Only = ["F14", "F27", "F33"] });

    private static async Task RunAsync(Func<HarnessOptions, TextWriter, CancellationToken, Task<int>> run, HarnessOptions options)
    {
        await using var output = new StringWriter();
        var broken = await run(options, output, Token);
        Assert.True(broken == 0, output.ToString());
    }
}
