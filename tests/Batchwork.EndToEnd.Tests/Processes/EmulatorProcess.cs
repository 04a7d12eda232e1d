namespace Batchwork.EndToEnd.Tests.Processes;

/// <summary>The emulator of the providers, as built, with a state folder of its own.</summary>
public sealed class EmulatorProcess(string? stateFolder = null) : ServerProcess("Batchwork.Emulator", stateFolder)
{
    private protected override IEnumerable<string> Arguments() => ["--state", Folder];
}
