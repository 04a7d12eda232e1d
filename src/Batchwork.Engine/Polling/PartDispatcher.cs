using System.Collections.Concurrent;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Polling;

/// <summary>
/// Starts work on due parts, a bounded number at a time, and stops it cleanly with the host. Collecting has places of its own: however large
/// somebody's results are, other people's parts are still sent and polled.
/// </summary>
internal sealed partial class PartDispatcher(
    DueParts due,
    StatusPace pace,
    LeaseKeeper leases,
    PartRunner runner,
    IWorkSignal signal,
    IOptions<EngineOptions> options,
    ILogger<PartDispatcher> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Work> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts what is due and returns without waiting for its end.</summary>
    public async Task DispatchDueAsync(CancellationToken cancellationToken)
    {
        await DispatchDueAsync(PartLane.Expiring, options.Value.ParallelCollections, cancellationToken);
        await DispatchDueAsync(PartLane.Moving, options.Value.ParallelParts, cancellationToken);
        await DispatchDueAsync(PartLane.Storing, options.Value.ParallelCollections, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped a second time while or after it is disposed of (the test host does); a token once cancelled stays so.
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
        }

        await IdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>How many parts are in work, and how many may be.</summary>
    internal IReadOnlyList<LaneLoad> Load() =>
    [
        new("Sending and polling", Busy(PartLane.Moving), options.Value.ParallelParts),
        new("Storing", Busy(PartLane.Storing), options.Value.ParallelCollections),
        new("Storing before links go stale", Busy(PartLane.Expiring), options.Value.ParallelCollections),
    ];

    /// <summary>Ends when nothing of what was started runs any more.</summary>
    internal Task IdleAsync() => Task.WhenAll(_running.Values.Select(w => w.Task));

    public void Dispose() => _stopping.Dispose();

    private async Task DispatchDueAsync(PartLane lane, int places, CancellationToken cancellationToken)
    {
        var free = places - Busy(lane);

        // A connection that has no turn now is asked for no more: its hundred due parts must not hide those of others.
        var without = new HashSet<Guid>();
        while (free > 0 && !_stopping.IsCancellationRequested)
        {
            var found = await due.ReadAsync(lane, free, without, cancellationToken);
            var before = without.Count;
            foreach (var part in found)
            {
                if (without.Contains(part.ConnectionId) || !MayStart(part))
                {
                    without.Add(part.ConnectionId);
                }
                else if (await leases.TryTakeAsync(part.Id, cancellationToken) is { } lease)
                {
                    Start(lease, part.ConnectionId, lane);
                    free--;
                }
            }

            if (without.Count == before)
            {
                return;
            }
        }
    }

    /// <summary>Over a connection that did not answer lately one part at a time tries; status calls keep their pace.</summary>
    private bool MayStart(DuePart part) =>
        !_running.ContainsKey(part.Id)
        && (!part.IsTrial || !_running.Values.Any(w => w.ConnectionId == part.ConnectionId))
        && (!part.IsPoll || pace.TryTake(part.Key));

    private int Busy(PartLane lane) => _running.Values.Count(w => w.Lane == lane);

    private void Start(PartLease lease, Guid connectionId, PartLane lane)
    {
        // Entered in the table before it begins, so that an early end cannot leave its entry behind.
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[lease.PartId] = new Work(RunAsync(lease, start.Task), connectionId, lane);
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

    private sealed record Work(Task Task, Guid ConnectionId, PartLane Lane);
}
