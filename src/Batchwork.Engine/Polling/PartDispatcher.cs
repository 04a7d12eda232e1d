using System.Collections.Concurrent;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Polling;

/// <summary>
/// Starts work on due parts, a bounded number at a time, and stops it cleanly with the host. Collecting has places of its own: however large
/// somebody's results are, other people's parts are still sent and polled.
/// </summary>
internal sealed partial class PartDispatcher(
    IDbContextFactory<EngineDbContext> contexts,
    LeaseKeeper leases,
    PartRunner runner,
    IWorkSignal signal,
    TimeProvider time,
    IOptions<EngineOptions> options,
    ILogger<PartDispatcher> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Work> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts what is due and returns without waiting for its end.</summary>
    public async Task DispatchDueAsync(CancellationToken cancellationToken)
    {
        await DispatchDueAsync(isCollecting: false, options.Value.ParallelParts, cancellationToken);
        await DispatchDueAsync(isCollecting: true, options.Value.ParallelCollections, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped a second time while or after it is disposed of (the test host does); a token once cancelled stays so.
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
        }

        await Task.WhenAll(_running.Values.Select(w => w.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    internal async Task<List<Guid>> DueAsync(bool isCollecting, int count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.JobParts
            .Where(p => p.NextCheckAt <= now && p.State != PartState.Closed && p.State != PartState.Held)
            .Where(p => (p.State == PartState.Collecting) == isCollecting)
            .Where(p => p.LeaseOwner == null || p.LeaseUntil < now)
            .Where(p => context.Connections.Any(c => c.Id == p.ConnectionId && c.PausedReason == null))
            .OrderBy(p => p.NextCheckAt)
            .Select(p => p.Id)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    private async Task DispatchDueAsync(bool isCollecting, int places, CancellationToken cancellationToken)
    {
        var free = places - _running.Values.Count(w => w.IsCollecting == isCollecting);
        if (free <= 0 || _stopping.IsCancellationRequested)
        {
            return;
        }

        foreach (var partId in await DueAsync(isCollecting, free, cancellationToken))
        {
            if (!_running.ContainsKey(partId) && await leases.TryTakeAsync(partId, cancellationToken) is { } lease)
            {
                Start(lease, isCollecting);
            }
        }
    }

    private void Start(PartLease lease, bool isCollecting)
    {
        // Entered in the table before it begins, so that an early end cannot leave its entry behind.
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[lease.PartId] = new Work(RunAsync(lease, start.Task), isCollecting);
        start.SetResult();
    }

    private async Task RunAsync(PartLease lease, Task start)
    {
        await start;
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

        // A place is free again, and the part itself may be due in the other lane.
        signal.Wake();
    }

    [LoggerMessage(2001, LogLevel.Error, "Work on part {PartId} ended with an unexpected error")]
    private partial void LogRunFailed(Guid partId, Exception exception);

    private sealed record Work(Task Task, bool IsCollecting);
}
