using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Batchwork.Engine.LiveUpdates;

/// <summary>One watcher of the change feed. Holds at most one unheard change: that something changed is all there is to know.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Guid? _workspaceId;
    private readonly Guid? _jobId;
    private readonly TimeSpan _throttle;
    private readonly TimeProvider _time;
    private readonly Action<LiveSubscription> _unsubscribe;

    internal LiveSubscription(Guid? workspaceId, Guid? jobId, TimeSpan throttle, TimeProvider time, Action<LiveSubscription> unsubscribe)
    {
        _workspaceId = workspaceId;
        _jobId = jobId;
        _throttle = throttle;
        _time = time;
        _unsubscribe = unsubscribe;
    }

    /// <summary>Yields once for each change, or for each group of changes within the throttle. Ends when the subscription is disposed.</summary>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>One item for each time to read again.</returns>
    public async IAsyncEnumerable<bool> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellationToken))
        {
            // Take the signal before the reader reads: a change during its read is then heard afterwards.
            _signal.Reader.TryRead(out _);
            yield return true;
            await Task.Delay(_throttle, _time, cancellationToken);
        }
    }

    public void Dispose()
    {
        _unsubscribe(this);
        _signal.Writer.TryComplete();
    }

    internal void Hear(LiveChange change)
    {
        if ((_workspaceId is null || change.WorkspaceId == _workspaceId) && (_jobId is null || change.JobId is null || change.JobId == _jobId))
        {
            _signal.Writer.TryWrite(true);
        }
    }
}
