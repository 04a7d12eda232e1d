using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Verification;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>What the System page says in words.</summary>
internal static class OperationsWords
{
    /// <summary>A worker that has not worked for so many of its turns is late; the shortest turn is a second, so give it some.</summary>
    private const int LateTurns = 3;

    private static readonly TimeSpan s_leastLate = TimeSpan.FromSeconds(30);

    /// <summary>Due for so long although nobody is busy: then something is wrong.</summary>
    private static readonly TimeSpan s_dueTooLong = TimeSpan.FromMinutes(15);

    public static bool IsLate(WorkerBeat worker, DateTimeOffset now) =>
        worker.LastAt is { } last && now - last > (worker.Every * LateTurns > s_leastLate ? worker.Every * LateTurns : s_leastLate);

    public static (string Text, string Tone) OfWork(SystemReport report) =>
        report.Workers.Any(w => IsLate(w, report.At)) ? ("A worker is late", "failed")
        : report.Workers.Any(w => w.Failed) ? ("A worker failed", "failed")
        : report.At - report.Queue.OldestDue > s_dueTooLong ? ("Parts are due for long", "refused")
        : report.Queue.Parts == 0 ? ("Nothing to do", "stored")
        : ("Working", "stored");

    public static (string Text, string Tone) Of(IntegrityRun? run) => run?.Outcome switch
    {
        null => ("Not checked since the start", "waiting"),
        IntegrityOutcome.Running => ("Checking", "running"),
        IntegrityOutcome.Whole => ("All promises hold", "stored"),
        IntegrityOutcome.Broken => ($"{Figures.Count(run.FaultCount, "promise")} broken", "failed"),
        IntegrityOutcome.Cancelled => ("Stopped before its end", "waiting"),
        _ => ("Could not go on", "failed"),
    };
}
