using Batchwork.Adapters;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>
/// Stores a part's results: pictures first to disk, then rows, pictures and checkpoint in one transaction. Killed anywhere it goes on behind the
/// last checkpoint; what was stored twice has the same hash and the same row.
/// </summary>
internal sealed class Collector(
    IDbContextFactory<EngineDbContext> contexts,
    ProviderAdapters adapters,
    CredentialsReader credentials,
    IImageStore store,
    PartWriter writer,
    CollectedGroupWriter groups,
    TimeProvider time)
{
    /// <summary>So often a file is read on that has fewer lines than the provider counts. What is missing then counts as not answered.</summary>
    private const int TornTries = 5;

    public async Task CollectAsync(PartLease lease, JobPart part, CancellationToken cancellationToken)
    {
        var job = await ReadJobAsync(part.JobId, cancellationToken);
        var adapter = adapters.Of(job.Provider);
        var opened = await credentials.OpenAsync(part, cancellationToken);

        if (HasResults(part, adapter.Capabilities))
        {
            var matcher = await ResultMatcher.LoadAsync(contexts, part, cancellationToken);
            var options = new ResultReadOptions { Sink = store, From = [.. part.Checkpoints.Select(c => c.Position)], PageSize = 20 };
            await using var pipeline = new CollectPipeline((group, token) => groups.WriteAsync(lease, job, group, token), cancellationToken);
            var group = new CollectedGroup(time);
            try
            {
                await foreach (var result in adapter.ReadResultsAsync(Snapshot(part, job), options, opened, cancellationToken))
                {
                    group.Add(result, matcher.Match(result));
                    if (group.IsFull)
                    {
                        await pipeline.SendAsync(group);
                        group = new CollectedGroup(time);
                    }
                }

                await EndAsync(pipeline, group);
            }
            catch (ProviderException)
            {
                // What was read before the break is whole: stored now, it need not be read again.
                await EndAsync(pipeline, group);
                throw;
            }
            catch
            {
                await group.DisposeAsync();
                throw;
            }
        }

        await writer.WriteAsync(lease, work => EndAsync(work, adapter.Capabilities, cancellationToken), cancellationToken);
    }

    private static async Task EndAsync(CollectPipeline pipeline, CollectedGroup last)
    {
        try
        {
            await pipeline.SendAsync(last);
            await pipeline.CompleteAsync();
        }
        catch
        {
            await last.DisposeAsync();
            throw;
        }
    }

    /// <summary>Results are in files that the batch names, in the batch itself, or on pages. A batch that failed as a whole has none, unless they came while it ran.</summary>
    private static bool HasResults(JobPart part, AdapterCapabilities provider) =>
        part.OutputFileId is not null || part.ErrorFileId is not null || provider.ResultsWhileRunning || provider.ResultsInBatch
        || (part.ProviderStatus is { } status && status.IsTerminal() && status != BatchStatus.Failed);

    private static async Task EndAsync(PartInWork work, AdapterCapabilities provider, CancellationToken cancellationToken)
    {
        await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        if (work.Part.ProviderStatus?.IsTerminal() == true)
        {
            if (TornFile.Describe(work.Part) is { } torn && work.Part.Checks < TornTries && !work.Job.IsDemo)
            {
                work.LookAgainIn(PollSchedule.BackOff(work.Part.Checks + 1), $"{torn} Reading on.");
                return;
            }

            await PartCloser.CloseAsync(work, provider.DisplayName, cancellationToken);
            return;
        }

        // It still runs: what it has done so far is safe.
        work.Part.CollectBy = null;
        work.MoveTo(PartState.AtProvider, string.Empty);
        SnapshotWriter.WaitOn(work, $"{provider.DisplayName} is working on it; what is done so far is stored.");
    }

    private static BatchSnapshot Snapshot(JobPart part, Job job) => new()
    {
        Id = part.BatchId!,
        Provider = job.Provider,
        Status = part.ProviderStatus,
        RawStatus = part.RawStatus,
        RequestCounts = new BatchRequestCounts(part.ProviderTotal, part.ProviderCompleted, part.ProviderFailed),
        OutputFileId = part.OutputFileId,
        ErrorFileId = part.ErrorFileId,
    };

    private async Task<Job> ReadJobAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
    }
}
