using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Parts as pages show them. A part of another workspace is answered like one that does not exist.</summary>
public sealed class PartQueries(IDbContextFactory<EngineDbContext> contexts)
{
    private const int LongestHistory = 200;

    /// <summary>Reads a part with everything about it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="partId">The part.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The part, or <see langword="null"/> when there is none.</returns>
    public Task<PartDetail?> GetAsync(Actor actor, Guid partId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
        {
            var part = await context.JobParts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == partId && p.WorkspaceId == actor.WorkspaceId, cancellationToken);
            var job = part is null ? null : await context.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == part.JobId && j.DeletedAt == null, cancellationToken);
            return part is null || job is null ? null : await DetailAsync(context, part, job, cancellationToken);
        },
        cancellationToken);

    /// <summary>Says what a retry would send and cost.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="scope">Which rows.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The preview; nothing when there is no such job.</returns>
    public Task<RetryPreview> RetryPreviewAsync(Actor actor, Guid jobId, RetryScope scope, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
            await context.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null, cancellationToken) is { } job
                ? await RetryReader.ReadAsync(context, job, scope, cancellationToken)
                : RetryPreview.Nothing,
        cancellationToken);

    private static async Task<PartDetail> DetailAsync(EngineDbContext context, JobPart part, Job job, CancellationToken cancellationToken)
    {
        var rows = await context.JobRows
            .Where(r => r.PartId == part.Id)
            .CountByAsync(r => r.State, cancellationToken);
        return new PartDetail
        {
            Summary = await PartReader.Summaries(context.JobParts.Where(p => p.Id == part.Id)).SingleAsync(cancellationToken),
            PartsOfJob = await context.JobParts.CountAsync(p => p.JobId == job.Id, cancellationToken),
            Rows = rows,
            History = await context.Activities
                .Where(a => a.JobId == job.Id && a.PartId == part.Id)
                .OrderByDescending(a => a.At).ThenByDescending(a => a.Id)
                .Take(LongestHistory)
                .Select(a => new ActivityItem(a.Id, a.At, a.Kind, a.By, a.Text, part.Number))
                .ToListAsync(cancellationToken),
            Attempts = await context.SubmissionAttempts
                .Where(a => a.PartId == part.Id)
                .OrderBy(a => a.Number)
                .Select(a => new AttemptItem
                {
                    Number = a.Number,
                    State = a.State,
                    Tag = a.Tag,
                    PayloadSha256 = a.PayloadSha256,
                    PayloadBytes = a.PayloadBytes,
                    BatchId = a.BatchId,
                    CreatedAt = a.CreatedAt,
                    SentAt = a.SentAt,
                    Looks = a.Looks,
                    Message = a.Message,
                    ResolvedBy = a.ResolvedBy,
                })
                .ToListAsync(cancellationToken),
            RawAnswer = part.RawAnswer,
            Failure = part.Failure?.Message,
            Unfinished = part.State == PartState.Closed ? await RetryReader.ReadAsync(context, job, RetryScope.OfPart(part.Id), cancellationToken) : RetryPreview.Nothing,
            CanPoll = PartActions.CanPoll(part),
            CanCollectAgain = PartActions.CanCollectAgain(part, rows.Values.Sum()),
            CanCancel = PartActions.CanCancel(part) && job.CancelRequestedAt is null,
        };
    }
}
