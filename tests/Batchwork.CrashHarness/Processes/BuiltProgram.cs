using System.Diagnostics;

namespace Batchwork.CrashHarness.Processes;

/// <summary>Finds and starts the programs under test, built beside this one in the same configuration.</summary>
internal static class BuiltProgram
{
    public static string PathOf(string assembly)
    {
        var framework = new DirectoryInfo(Path.GetDirectoryName(typeof(BuiltProgram).Assembly.Location)!);
        var root = framework;
        while (!File.Exists(Path.Combine(root.FullName, "Batchwork.Dashboard.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("Run this from a build inside the repository.");
        }

        return Path.Combine(root.FullName, "src", assembly, "bin", framework.Parent!.Name, framework.Name, assembly + ".dll");
    }

    /// <summary>Starts a program with its output in a file.</summary>
    /// <param name="assembly">Its assembly, for example <c>Batchwork.Emulator</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="log">Gets its output, behind what is there.</param>
    /// <param name="under">A program that starts it, with its arguments; for example a tracer.</param>
    public static Child Start(
        string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, string log, IReadOnlyList<string>? under = null)
    {
        string[] command = [.. under ?? [], "dotnet", PathOf(assembly), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var own in new[] { "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT" })
        {
            start.Environment.Remove(own);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{assembly} does not start."), log);
    }
}
