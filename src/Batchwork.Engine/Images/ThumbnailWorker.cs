using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Images;

/// <summary>
/// Makes the thumbnails of pictures as they are stored, the newest job first. What is left to do stands in the table, so a restart goes on where
/// the last process stopped; changes in the engine only wake it.
/// </summary>
internal sealed partial class ThumbnailWorker(
    IDbContextFactory<EngineDbContext> contexts, Thumbnails thumbnails, ILiveUpdates updates, TimeProvider time, ILogger<ThumbnailWorker> logger)
    : BackgroundService
{
    /// <summary>Pictures between two commits, each of which costs a flush of the disk.</summary>
    private const int BatchSize = 32;

    private static readonly TimeSpan s_throttle = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Makes the next few thumbnails.</summary>
    /// <param name="cancellationToken">Stops after the picture that is being worked on.</param>
    /// <returns>Pictures that were dealt with; 0 when nothing is left to do.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await context.StoredImages
            .Where(i => i.Thumbnail == ThumbnailState.Pending)
            .OrderByDescending(i => i.JobId).ThenBy(i => i.RowIndex).ThenBy(i => i.Index)
            .Take(BatchSize)
            .Select(i => new PendingPicture(i.Sha256, i.MediaType, i.WorkspaceId, i.JobId))
            .ToListAsync(cancellationToken);
        var outcomes = new Dictionary<string, ThumbnailState>(StringComparer.Ordinal);
        try
        {
            foreach (var picture in pending.DistinctBy(p => p.Sha256))
            {
                outcomes[picture.Sha256] = await thumbnails.EnsureAsync(picture.Sha256, picture.MediaType, cancellationToken);
            }
        }
        finally
        {
            // Also when it is being stopped: what was made is noted.
            await SaveAsync(context, outcomes);
        }

        foreach (var (workspace, job) in pending.Select(p => (p.WorkspaceId, p.JobId)).Distinct())
        {
            updates.Publish(new LiveChange(workspace, job));
        }

        return pending.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Subscribe first, then look: what is stored in between is then not missed.
        using var subscription = updates.SubscribeAll(s_throttle);
        try
        {
            await RunUntilDoneAsync(stoppingToken);
            await foreach (var _ in subscription.WatchAsync(stoppingToken))
            {
                await RunUntilDoneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that could not start disposes its services without stopping them; to it this would be a failure of its own.
        }
    }

    private static async Task SaveAsync(EngineDbContext context, Dictionary<string, ThumbnailState> outcomes)
    {
        foreach (var group in outcomes.GroupBy(o => o.Value, o => o.Key))
        {
            // Every image with these bytes, in whichever job.
            var hashes = group.ToList();
            await context.StoredImages
                .Where(i => hashes.Contains(i.Sha256))
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Thumbnail, group.Key), CancellationToken.None);
        }
    }

    private async Task RunUntilDoneAsync(CancellationToken cancellationToken)
    {
        var left = true;
        while (left)
        {
            try
            {
                left = await RunOnceAsync(cancellationToken) > 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
                await Task.Delay(s_afterFailure, time, cancellationToken);
            }
        }
    }

    private sealed record PendingPicture(string Sha256, string MediaType, Guid WorkspaceId, Guid JobId);

    [LoggerMessage(5002, LogLevel.Error, "Thumbnails could not be made; trying again soon")]
    private partial void LogFailed(Exception exception);
}
