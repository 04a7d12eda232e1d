using System.Collections.Concurrent;

namespace Batchwork.Engine.LiveUpdates;

internal sealed class InProcessLiveUpdates(TimeProvider time) : ILiveUpdates
{
    private readonly ConcurrentDictionary<LiveSubscription, byte> _subscriptions = new();

    public void Publish(LiveChange change)
    {
        foreach (var (subscription, _) in _subscriptions)
        {
            subscription.Hear(change);
        }
    }

    public LiveSubscription Subscribe(Guid workspaceId, Guid? jobId, TimeSpan throttle) => Add(workspaceId, jobId, throttle);

    public LiveSubscription SubscribeAll(TimeSpan throttle) => Add(null, null, throttle);

    private LiveSubscription Add(Guid? workspaceId, Guid? jobId, TimeSpan throttle)
    {
        var subscription = new LiveSubscription(workspaceId, jobId, throttle, time, s => _subscriptions.TryRemove(s, out _));
        _subscriptions[subscription] = 0;
        return subscription;
    }
}
