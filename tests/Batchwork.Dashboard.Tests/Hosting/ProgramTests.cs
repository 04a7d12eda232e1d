using System.Diagnostics;
using Batchwork.Testing.Engine;

namespace Batchwork.Dashboard.Tests.Hosting;

/// <summary>The program as a process: what a person sees who starts it.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithFaultySettings_ListsThemAllAndEndsWithAnError()
    {
        using var folder = new TemporaryFolder();

        var run = await RunAsync(
            folder, "--Batchwork:ParallelParts", "many", "--Batchwork:MaxSheetRows", "0", "--Batchwork:RequireHttps", "perhaps", "--urls", "nonsense",
            "--Batchwork:Setup:Email", "ana@example.org");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("5 settings are wrong", run.Errors, StringComparison.Ordinal);
        Assert.All(
            ["Batchwork:ParallelParts: 'many' is not a whole number.", "Batchwork:MaxSheetRows: 0 is not from 1 to", "Batchwork:RequireHttps: 'perhaps' is not true or false.", "urls: 'nonsense'", "Batchwork:Setup:Password is missing."],
            line => Assert.Contains(line, run.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAFolderInUse_EndsWithOneSentence()
    {
        using var folder = new TemporaryFolder();
        await using var holder = new FileStream(Path.Combine(folder.Path, "LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var run = await RunAsync(folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Contains(folder.Path, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnUnknownVerb_SaysWhichThereAre()
    {
        using var folder = new TemporaryFolder();

        var run = await RunAsync(folder, "helth");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'health', 'verify' and 'reset-password E-MAIL'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_WhenNothingRuns_Fails()
    {
        using var folder = new TemporaryFolder();

        var run = await RunAsync(folder, "health", "--urls", "http://127.0.0.1:1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not answer", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_FromStartToStop_PrintsTheAddressAnswersHealthAndEndsWithZero()
    {
        using var folder = new TemporaryFolder();
        using var server = Launch(folder, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning");
        var line = await server.StandardOutput.ReadLineAsync(Token);
        Assert.Matches(@"^Set up: http://127\.0\.0\.1:\d+/setup\?code=[A-Za-z0-9_-]{43}$", line);
        var address = new Uri(line!["Set up: ".Length..]).GetLeftPart(UriPartial.Authority);

        var health = await RunAsync(folder, "health", "--urls", address);
        var reset = await RunAsync(folder, "reset-password", "ana@example.org");
        var verify = await RunAsync(folder, "verify");
        using var interrupt = Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync(Token);

        Assert.Equal((0, "Healthy"), (health.ExitCode, health.Output.Trim()));
        Assert.Equal(1, reset.ExitCode);
        Assert.Contains("Batchwork is running with this data folder. Stop it", reset.Errors, StringComparison.Ordinal);
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("Batchwork is running with this data folder. Stop it", verify.Errors, StringComparison.Ordinal);
        Assert.Equal(0, server.ExitCode);
        Assert.Empty(await server.StandardOutput.ReadToEndAsync(Token));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Launch(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }

    private static Process Launch(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Batchwork.Dashboard.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["Batchwork__DataFolder"] = folder.Path;
        // Of the test runner and the developer; neither is this program's.
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        return Process.Start(start)!;
    }
}
