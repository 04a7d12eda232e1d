using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>I6: what has ended stays ended. I7: whatever has not is either due some time or waits for a person, and says why.</summary>
internal sealed class ProgressCheck : IIntegrityCheck
{
    public string Subject => "what is under way";

    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var faults in (IQueryable<IntegrityFault>[])[Reopened(context), Unfinished(context), Batchless(context), Forgotten(context), Unreasoned(context), Finished(context)])
        {
            await foreach (var fault in faults.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return fault;
            }
        }
    }

    private static IQueryable<IntegrityFault> Reopened(EngineDbContext context) => context.Jobs
        .Where(j => j.State == JobState.Done || j.State == JobState.DoneWithProblems || j.State == JobState.Cancelled || j.State == JobState.Expired)
        .Where(j => j.EndedAt == null || context.JobParts.Any(p => p.JobId == j.Id && p.State != PartState.Closed))
        .Select(j => new IntegrityFault("I6", "Job " + j.Id + " has ended, but not all of its parts have."));

    private static IQueryable<IntegrityFault> Unfinished(EngineDbContext context) =>
        from attempt in context.SubmissionAttempts
        join part in context.JobParts on attempt.PartId equals part.Id
        where part.State == PartState.Closed && attempt.State < AttemptState.Rejected && attempt.State != AttemptState.Submitted
        select new IntegrityFault("I6", "Part " + part.Id + " is closed, but what became of its attempt " + attempt.Tag + " is open.");

    private static IQueryable<IntegrityFault> Batchless(EngineDbContext context) => context.JobParts
        .Where(p => (p.State == PartState.AtProvider || p.State == PartState.Collecting)
            && (p.BatchId == null || !context.SubmissionAttempts.Any(a => a.PartId == p.Id && a.State == AttemptState.Submitted)))
        .Select(p => new IntegrityFault("I6", "Part " + p.Id + " is looked after at the provider, but no batch of it was accepted."));

    private static IQueryable<IntegrityFault> Forgotten(EngineDbContext context) => context.JobParts
        .Where(p => p.State != PartState.Closed && p.State != PartState.Held && p.NextCheckAt == null)
        .Select(p => new IntegrityFault("I7", "Part " + p.Id + " has not ended, and nothing will ever look at it again."));

    private static IQueryable<IntegrityFault> Unreasoned(EngineDbContext context) => context.JobParts
        .Where(p => p.State == PartState.Held && (p.Reason == null || p.Reason == string.Empty))
        .Select(p => new IntegrityFault("I7", "Part " + p.Id + " waits for a person and does not say why."));

    /// <summary>All parts have ended, yet the job goes on: nothing would ever end it. One with a row that is still waiting asks for a person instead.</summary>
    private static IQueryable<IntegrityFault> Finished(EngineDbContext context) => context.Jobs
        .Where(j => j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired && j.State != JobState.NeedsYou)
        .Where(j => context.JobParts.All(p => p.JobId != j.Id || p.State == PartState.Closed))
        .Select(j => new IntegrityFault("I7", "All parts of job " + j.Id + " have ended, but the job has not."));
}
