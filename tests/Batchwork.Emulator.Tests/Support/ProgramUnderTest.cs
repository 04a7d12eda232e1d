using System.Diagnostics;
using System.Net.Http.Headers;

namespace Batchwork.Emulator.Tests.Support;

/// <summary>The emulator as a program of its own, on a free port of the loopback interface.</summary>
internal sealed class ProgramUnderTest : IDisposable
{
    private const string Ready = "Now listening on: ";
    private readonly Process _process;

    private ProgramUnderTest(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test");
    }

    public HttpClient Client { get; }

    public static async Task<ProgramUnderTest> StartAsync(string stateFolder, params string[] more)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (
            var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Batchwork.Emulator.dll"), "--urls", "http://127.0.0.1:0", "--state", stateFolder, .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new ProgramUnderTest(process, new Uri(line[(at + Ready.Length)..].TrimEnd('/') + "/"));
            }
        }

        throw new InvalidOperationException("The emulator ended before it listened.");
    }

    /// <summary>Ends the process without letting it finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
