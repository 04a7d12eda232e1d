using System.Globalization;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Derives a job's state from its parts and rows. Nobody else writes it.</summary>
internal static class JobProgress
{
    /// <summary>Brings a job's state in step with what its parts and rows say. Part of the caller's transaction.</summary>
    public static async Task RefreshAsync(EngineDbContext context, Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parts = await context.JobParts
            .Where(p => p.JobId == job.Id)
            .OrderBy(p => p.Number)
            .Select(p => new PartView(p.Number, p.State, p.ProviderStatus, p.Reason))
            .ToListAsync(cancellationToken);
        var connection = await context.Connections
            .Where(c => c.Id == job.ConnectionId)
            .Select(c => new { c.PausedReason, c.PausedBy })
            .SingleOrDefaultAsync(cancellationToken);
        var paused = connection?.PausedReason ?? Connection.PauseText(connection?.PausedBy);

        job.Version++;
        if (parts.All(p => p.State == PartState.Closed))
        {
            var states = await context.JobRows
                .Where(r => r.JobId == job.Id && r.State != RowState.Skipped)
                .GroupBy(r => r.State)
                .Select(g => g.Key)
                .ToListAsync(cancellationToken);
            job.State = Ended(states);
            job.Reason = null;
            job.EndedAt ??= job.State.HasEnded() ? now : null;
            return;
        }

        job.EndedAt = null;
        job.State = Going(job, parts, paused);
        job.Reason = job.State == JobState.NeedsYou
            ? ReasonOf(parts.Find(p => p.State == PartState.Held), parts.Count) ?? paused
            : ReasonOf(parts.Find(p => p.State != PartState.Closed), parts.Count);
    }

    private static JobState Going(Job job, List<PartView> parts, string? paused) =>
        parts.Any(p => p.State == PartState.Held) || paused is not null ? JobState.NeedsYou
        : job.CancelRequestedAt is not null ? JobState.Cancelling
        : parts.Any(p => p.State == PartState.Collecting && p.Status?.IsTerminal() != false) ? JobState.Collecting
        : parts.Any(p => p is { State: PartState.AtProvider or PartState.Collecting, Status: BatchStatus.InProgress or BatchStatus.Finalizing or BatchStatus.Completed }) ? JobState.Running
        : parts.Any(p => p.State == PartState.AtProvider) ? JobState.WaitingAtProvider
        : JobState.Submitting;

    private static string? ReasonOf(PartView? part, int parts) =>
        part?.Reason is { Length: > 0 } reason && parts > 1
            ? string.Create(CultureInfo.InvariantCulture, $"Part {part.Number} of {parts}: {reason}")
            : part?.Reason;

    /// <summary>A job with an unexplained row is never done, whatever its parts say.</summary>
    private static JobState Ended(List<RowState> states) =>
        states.Contains(RowState.Waiting) ? JobState.NeedsYou
        : states.All(s => s == RowState.Stored) ? JobState.Done
        : states.Contains(RowState.Cancelled) ? JobState.Cancelled
        : states.All(s => s is RowState.Stored or RowState.Expired) ? JobState.Expired
        : JobState.DoneWithProblems;

    private sealed record PartView(int Number, PartState State, BatchStatus? Status, string? Reason);
}
