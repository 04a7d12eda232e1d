using System.Diagnostics;

namespace Batchwork.Benchmarks;

/// <summary>One of our servers as a process of its own, so that its memory and threads are not ours.</summary>
internal sealed class BuiltApp : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private BuiltApp(Process process, Uri address, TimeSpan startedAfter)
    {
        Process = process;
        Address = address;
        StartedAfter = startedAfter;
    }

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>From the process's start to its first open port.</summary>
    public TimeSpan StartedAfter { get; }

    /// <summary>Starts a program that was built beside this one.</summary>
    /// <param name="assembly">Its assembly, for example <c>Batchwork.Emulator</c>.</param>
    /// <param name="arguments">Arguments beside the address.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<BuiltApp> StartAsync(
        string assembly, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in (string[])[PathOf(assembly), "--urls", "http://127.0.0.1:0", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} does not start.");
        _ = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new BuiltApp(process, new Uri(line[(at + Listening.Length)..].Trim()), Stopwatch.GetElapsedTime(began));
            }
        }

        throw new InvalidOperationException($"{assembly} ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    /// <summary>Beside the source, in this program's configuration: the copy in our own folder lacks its static web assets.</summary>
    private static string PathOf(string assembly)
    {
        if (assembly == typeof(BuiltApp).Assembly.GetName().Name)
        {
            return typeof(BuiltApp).Assembly.Location;
        }

        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = framework;
        while (!File.Exists(Path.Combine(root.FullName, "Batchwork.Dashboard.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("Run this from a build inside the repository.");
        }

        return Path.Combine(root.FullName, "src", assembly, "bin", framework.Parent!.Name, framework.Name, assembly + ".dll");
    }
}
