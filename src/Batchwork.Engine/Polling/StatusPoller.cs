using Batchwork.Adapters;
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
    public async Task PollAsync(PartLease lease, JobPart part, CancellationToken cancellationToken)
    {
        var job = await ReadJobAsync(part.JobId, cancellationToken);
        var adapter = adapters.Of(job.Provider);
        var opened = await credentials.OpenAsync(part, cancellationToken);

        if ((job.CancelRequestedAt ?? part.CancelRequestedAt) is not null && part.CancelSentAt is null && part.ProviderStatus?.IsTerminal() != true)
        {
            await CancelAsync(lease, part, adapter, opened, cancellationToken);
            return;
        }

        var snapshot = await adapter.RetrieveAsync(part.BatchId!, opened, cancellationToken);
        await writer.WriteAsync(lease, work => ApplyAsync(work, snapshot, adapter.Capabilities, cancellationToken), cancellationToken);
    }

    private static async Task ApplyAsync(PartInWork work, BatchSnapshot snapshot, AdapterCapabilities provider, CancellationToken cancellationToken)
    {
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        SnapshotWriter.Apply(work, snapshot, provider);
    }

    private async Task CancelAsync(PartLease lease, JobPart part, IBatchAdapter adapter, BatchCredentials opened, CancellationToken cancellationToken)
    {
        var provider = adapter.Capabilities;
        BatchSnapshot? stopped = null;
        try
        {
            stopped = await adapter.CancelAsync(part.BatchId!, opened, cancellationToken);
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.Conflict or ProviderFailure.NotFound or ProviderFailure.InvalidRequest)
        {
            // Providers refuse to stop what has ended. The next status call shows how.
        }

        await writer.WriteAsync(
            lease,
            async work =>
            {
                work.Part.CancelSentAt = work.Now;
                if (stopped is not null)
                {
                    work.Note(ActivityKind.ProviderStatus, $"Asked {provider.DisplayName} to stop part {work.Part.Number}.");
                    await ApplyAsync(work, stopped, provider, cancellationToken);
                    return;
                }

                work.Note(ActivityKind.ProviderStatus, $"{provider.DisplayName} did not stop part {work.Part.Number}: it may be too late to cancel.");
                work.MoveTo(PartState.AtProvider, $"{provider.DisplayName} did not stop it; asking how it ended.");
            },
            cancellationToken);
    }

    private async Task<Job> ReadJobAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
    }
}
