using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Batchwork.EndToEnd.Tests.Processes;

/// <summary>
/// One operating system process with a .NET app in it. It is ended by its process id when it is disposed of, and at the latest when
/// the test host ends, however that comes.
/// </summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int Terminate = 15; // SIGTERM

    private static readonly ConcurrentDictionary<int, Process> s_running = EndWithThisProcess();

    private readonly Process _process;

    private ChildProcess(Process process, OutputLog output)
    {
        _process = process;
        Output = output;
    }

    public OutputLog Output { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string app, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string logFile)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(app)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(app);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new OutputLog(logFile);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(output, line.Data);
        process.Exited += (_, _) => output.End($"{Path.GetFileName(app)} has ended with exit code {process.ExitCode}.");
        process.Start();
        s_running[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, output);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said goodbye to.</summary>
    public void KillHard()
    {
        KillTree(_process);
        _process.WaitForExit();
    }

    /// <summary>Asks the process to end (SIGTERM) and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                KillTree(_process);
            }
            else if (SendSignal(_process.Id, Terminate) != 0)
            {
                throw new InvalidOperationException($"Process {_process.Id} could not be asked to end: error {Marshal.GetLastPInvokeError()}.");
            }
        }

        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        KillHard();
        s_running.TryRemove(_process.Id, out _);
        _process.Dispose();
        Output.Dispose();
    }

    private static void Add(OutputLog output, string? line)
    {
        if (line is not null)
        {
            output.Add(line);
        }
    }

    private static void KillTree(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // A failed test disposes of its processes; a test host that runs into its time limit does not get that far.
    private static ConcurrentDictionary<int, Process> EndWithThisProcess()
    {
        var running = new ConcurrentDictionary<int, Process>();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var process in running.Values)
            {
                KillTree(process);
            }
        };
        return running;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
