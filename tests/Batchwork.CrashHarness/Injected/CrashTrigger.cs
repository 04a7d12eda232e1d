using System.Globalization;
using System.Runtime.InteropServices;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Counts what the app does and kills it, as <c>kill -9</c> does, at the event that was asked for. Nothing of the process runs after that.</summary>
public sealed partial class CrashTrigger(CrashPlan plan)
{
    private const int Kill = 9;
    private const int Stop = 19;
    private string? _event = plan.Event;
    private int _occurrence = plan.Occurrence;
    private int _seen;

    /// <summary>Whether an event is the awaited one; saves watchers work that would only slow the app down.</summary>
    public bool Awaits(string name) => _event == name;

    /// <summary>Changes where the process dies; counts anew.</summary>
    public void Arm(string? name, int occurrence)
    {
        (_seen, _occurrence) = (0, occurrence);
        _event = name;
    }

    /// <summary>Says that something happens right now.</summary>
    public void At(string name)
    {
        if ((_event == name || _event == "any") && Interlocked.Increment(ref _seen) == _occurrence)
        {
            File.WriteAllText(plan.KilledFile, string.Create(CultureInfo.InvariantCulture, $"{name}#{_seen}"));
            _ = Signal(Environment.ProcessId, plan.Freeze ? Stop : Kill);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
