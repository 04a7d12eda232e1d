using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>Asks a provider how a part's batch is and writes down what it says.</summary>
internal sealed class StatusPoller(
    IDbContextFactory<EngineDbContext> contexts,
    ProviderAdapters adapters,
    CredentialsReader credentials,
    PartWriter writer)
{
    /// <summary>The provider's answer is kept for people to look at, not without bound.</summary>
    private const int RawAnswerLength = 64 * 1024;

    public async Task PollAsync(PartLease lease, JobPart part, CancellationToken cancellationToken)
    {
        var job = await ReadJobAsync(part.JobId, cancellationToken);
        var adapter = adapters.Of(job.Provider);
        var opened = await credentials.OpenAsync(part.ConnectionId, cancellationToken);

        if (job.CancelRequestedAt is not null && part.CancelSentAt is null && part.ProviderStatus?.IsTerminal() != true)
        {
            var afterCancel = await adapter.CancelAsync(part.BatchId!, opened, cancellationToken);
            await writer.WriteAsync(
                lease,
                work =>
                {
                    work.Part.CancelSentAt = work.Now;
                    work.Note(ActivityKind.ProviderStatus, $"Asked {adapter.Capabilities.DisplayName} to stop part {work.Part.Number}.");
                    Apply(work, afterCancel, adapter.Capabilities.DisplayName);
                },
                cancellationToken);
            return;
        }

        var snapshot = await adapter.RetrieveAsync(part.BatchId!, opened, cancellationToken);
        await writer.WriteAsync(lease, work => Apply(work, snapshot, adapter.Capabilities.DisplayName), cancellationToken);
    }

    /// <summary>Writes down a snapshot: status only moves forward, file ids once seen stay.</summary>
    internal static void Apply(PartInWork work, BatchSnapshot snapshot, string provider)
    {
        var part = work.Part;
        var before = part.ProviderStatus;
        part.LastPolledAt = work.Now;
        part.RawStatus = snapshot.RawStatus;
        part.ProviderStatus = Forward(before, snapshot.Status);
        part.ProviderTotal = snapshot.RequestCounts.Total;
        part.ProviderCompleted = snapshot.RequestCounts.Completed;
        part.ProviderFailed = snapshot.RequestCounts.Failed;
        part.OutputFileId = snapshot.OutputFileId ?? part.OutputFileId;
        part.ErrorFileId = snapshot.ErrorFileId ?? part.ErrorFileId;
        part.ProviderExpiresAt = snapshot.ExpiresAt ?? part.ProviderExpiresAt;
        part.ProviderEndedAt = snapshot.CompletedAt ?? part.ProviderEndedAt;
        part.RawAnswer = Raw(snapshot);
        part.Failure = snapshot.Errors.Count > 0 ? snapshot.Errors[0] : part.Failure;

        if (part.ProviderStatus != before && part.ProviderStatus is { } status)
        {
            work.Note(ActivityKind.ProviderStatus, StatusText(part, status, provider));
        }

        if (part.ProviderStatus?.IsTerminal() == true)
        {
            work.MoveTo(PartState.Collecting, "Storing the results.");
            return;
        }

        var age = work.Now - (part.SubmittedAt ?? work.Now);
        work.LookAgainIn(
            PollSchedule.NextPoll(age, work.Job.IsDemo),
            snapshot.Status is null
                ? $"{provider} reports “{snapshot.RawStatus}”, which is not known here. Waiting."
                : WaitText(part.ProviderStatus, provider));
    }

    /// <summary>An ended batch stays ended, and a running one never goes back to the queue, whatever an answer says.</summary>
    private static BatchStatus? Forward(BatchStatus? before, BatchStatus? now) =>
        now is null || before?.IsTerminal() == true || (before > now && now < BatchStatus.Completed) ? before : now;

    private static string WaitText(BatchStatus? status, string provider) => status switch
    {
        BatchStatus.InProgress => $"{provider} is working on it.",
        BatchStatus.Finalizing => $"{provider} is writing the results.",
        BatchStatus.Cancelling => $"{provider} is stopping it; this may take up to 10 minutes.",
        _ => $"Waiting for {provider} to begin.",
    };

    private static string StatusText(JobPart part, BatchStatus status, string provider) =>
        string.Create(CultureInfo.InvariantCulture, $"{provider}: part {part.Number} is {Word(status)}.");

    private static string Word(BatchStatus status) => status switch
    {
        BatchStatus.Validating => "being checked",
        BatchStatus.InProgress => "in progress",
        BatchStatus.Finalizing => "almost done; the results are being written",
        BatchStatus.Completed => "complete",
        BatchStatus.Failed => "failed",
        BatchStatus.Expired => "expired",
        BatchStatus.Cancelling => "being cancelled",
        _ => "cancelled",
    };

    private static string? Raw(BatchSnapshot snapshot)
    {
        if (snapshot.Raw.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            return null;
        }

        var raw = snapshot.Raw.GetRawText();
        return raw.Length <= RawAnswerLength ? raw : raw[..RawAnswerLength];
    }

    private async Task<Job> ReadJobAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
    }
}
