using System.Runtime.CompilerServices;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>I1: one accepted create a part, unless a person decided otherwise. I2: every batch belongs to exactly one attempt. I8: only the holder of the fence wrote.</summary>
internal sealed class SubmissionCheck : IIntegrityCheck
{
    public string Subject => "what was sent";

    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var faults in (IQueryable<IntegrityFault>[])[Twice(context), Undecided(context), Unfounded(context), Shared(context), Orphaned(context), Strangers(context), Overtaken(context)])
        {
            await foreach (var fault in faults.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return fault;
            }
        }
    }

    private static IQueryable<IntegrityFault> Twice(EngineDbContext context) => context.SubmissionAttempts
        .Where(a => a.BatchId != null && a.State == AttemptState.Submitted)
        .GroupBy(a => a.PartId)
        .Where(g => g.Count() > 1)
        .Select(g => new IntegrityFault("I1", "Part " + g.Key + " was submitted more than once."));

    private static IQueryable<IntegrityFault> Undecided(EngineDbContext context) => context.SubmissionAttempts
        .Where(a => a.State == AttemptState.Superseded && a.ResolvedBy == null)
        .Select(a => new IntegrityFault("I1", "Attempt " + a.Tag + " was given up and sent again, and nobody decided that."));

    /// <summary>A batch id without the mark that was committed before the call: the intent came after the deed.</summary>
    private static IQueryable<IntegrityFault> Unfounded(EngineDbContext context) => context.SubmissionAttempts
        .Where(a => a.BatchId != null && a.SentAt == null)
        .Select(a => new IntegrityFault("I1", "Attempt " + a.Tag + " has a batch but was never marked as about to be sent."));

    private static IQueryable<IntegrityFault> Shared(EngineDbContext context) => context.SubmissionAttempts
        .Where(a => a.BatchId != null)
        .GroupBy(a => new { a.Provider, a.BatchId })
        .Where(g => g.Count() > 1)
        .Select(g => new IntegrityFault("I2", "Batch " + g.Key.BatchId + " belongs to more than one attempt."));

    private static IQueryable<IntegrityFault> Orphaned(EngineDbContext context) => context.JobParts
        .Where(p => p.BatchId != null && !context.SubmissionAttempts.Any(a => a.PartId == p.Id && a.BatchId == p.BatchId))
        .Select(p => new IntegrityFault("I2", "Part " + p.Id + " names batch " + p.BatchId + ", which no attempt submitted."));

    private static IQueryable<IntegrityFault> Strangers(EngineDbContext context) => context.SubmissionAttempts
        .Where(a => !a.Tag.StartsWith("bw1-" + a.InstanceId + "-"))
        .Select(a => new IntegrityFault("I2", "Attempt " + a.Tag + " does not carry the tag of the installation that made it, " + a.InstanceId + "."));

    private static IQueryable<IntegrityFault> Overtaken(EngineDbContext context) =>
        from attempt in context.SubmissionAttempts
        join part in context.JobParts on attempt.PartId equals part.Id
        where attempt.Fence < 1 || attempt.Fence > part.Fence
        select new IntegrityFault("I8", "Attempt " + attempt.Tag + " was made under fence " + attempt.Fence + ", but part " + part.Id + " is at " + part.Fence + ".");
}
