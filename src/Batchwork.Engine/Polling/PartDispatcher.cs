using System.Collections.Concurrent;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Polling;

/// <summary>Starts work on due parts, a bounded number at a time, and stops it cleanly with the host.</summary>
internal sealed partial class PartDispatcher(
    IDbContextFactory<EngineDbContext> contexts,
    LeaseKeeper leases,
    PartRunner runner,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<PartDispatcher> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts what is due and returns without waiting for its end.</summary>
    public async Task DispatchDueAsync(CancellationToken cancellationToken)
    {
        var free = options.Value.ParallelParts - _running.Count;
        if (free <= 0 || _stopping.IsCancellationRequested)
        {
            return;
        }

        foreach (var partId in await DueAsync(free, cancellationToken))
        {
            if (!_running.ContainsKey(partId) && await leases.TryTakeAsync(partId, cancellationToken) is { } lease)
            {
                Start(lease);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private void Start(PartLease lease)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[lease.PartId] = RunAsync(lease, start.Task);
        start.SetResult();
    }

    private async Task RunAsync(PartLease lease, Task start)
    {
        // Entered in the table first, so that an early end cannot leave its entry behind.
        await start.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await runner.RunAsync(lease, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Every step is durable; the next start goes on from the last one.
        }
        catch (Exception e)
        {
            LogRunFailed(lease.PartId, e);
        }
        finally
        {
            _running.TryRemove(lease.PartId, out _);
        }
    }

    internal async Task<List<Guid>> DueAsync(int count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.JobParts
            .Where(p => p.NextCheckAt <= now && p.State != PartState.Closed && p.State != PartState.Held)
            .Where(p => p.LeaseOwner == null || p.LeaseUntil < now)
            .Where(p => context.Connections.Any(c => c.Id == p.ConnectionId && c.PausedReason == null))
            .OrderBy(p => p.NextCheckAt)
            .Select(p => p.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    [LoggerMessage(2001, LogLevel.Error, "Work on part {PartId} ended with an unexpected error")]
    private partial void LogRunFailed(Guid partId, Exception exception);
}
