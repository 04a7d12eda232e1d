using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;

namespace Batchwork.Engine.Submission;

/// <summary>
/// Finds out what became of an ambiguous paid call by looking for its tag at the provider: at once, after 30 seconds, 2 minutes and 10 minutes
/// (providers may accept late and list late). One match is adopted; none after the last look is held for a person. Never guesses.
/// </summary>
internal sealed class Reconciler(ProviderAdapters adapters, CredentialsReader credentials, PartWriter writer, AttemptOutcomes outcomes)
{
    /// <summary>When the looks after the first one are due, counted from the look before.</summary>
    private static readonly TimeSpan[] s_waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(480)];

    /// <summary>Looks before a person is asked.</summary>
    public static int LookCount => s_waits.Length + 1;

    public async Task LookAsync(PartLease lease, Job job, JobPart part, SubmissionAttempt attempt, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(job.Provider);
        var opened = await credentials.OpenAsync(part, cancellationToken);
        var search = new BatchSearch(attempt.Tag, attempt.InputFileId, attempt.SentAt ?? attempt.CreatedAt);
        var found = await adapter.FindByTagAsync(search, opened, cancellationToken);

        await writer.WriteAsync(
            lease,
            work => found.Count > 0
                ? AdoptAsync(work, attempt.Id, found, cancellationToken)
                : NotFoundAsync(work, attempt, adapter.Capabilities.DisplayName, cancellationToken),
            cancellationToken);
    }

    private async Task AdoptAsync(PartInWork work, Guid attemptId, IReadOnlyList<BatchSnapshot> found, CancellationToken cancellationToken)
    {
        await outcomes.SubmittedAsync(work, attemptId, found[0], cancellationToken);
        if (found.Count > 1)
        {
            work.Part.DuplicateBatchIds = [.. found.Skip(1).Select(b => b.Id)];
            var others = string.Join(", ", work.Part.DuplicateBatchIds);
            work.Note(ActivityKind.Problem, string.Create(
                CultureInfo.InvariantCulture,
                $"Found {(found.Count == 2 ? "two" : found.Count)} identical batches; the oldest is used. Not needed, and charged if it runs: {others}. Cancel it under Parts."));
        }
    }

    private static async Task NotFoundAsync(PartInWork work, SubmissionAttempt attempt, string provider, CancellationToken cancellationToken)
    {
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        var looks = attempt.Looks + 1;
        await AttemptOutcomes.SetAsync(work, attempt.Id, a => a.Looks = looks, cancellationToken);
        if (looks < LookCount)
        {
            work.LookAgainIn(s_waits[looks - 1], $"Looking whether {provider} accepted this part ({looks} of {LookCount}). Nothing is sent twice.");
            return;
        }

        PartTroubles.Hold(work, $"We can't tell whether {provider} accepted this batch. Checked {looks} times, found nothing. Submitting again may charge you twice.");
    }
}
