namespace Batchwork.Dashboard.Identity;

/// <summary>One process works in a data folder, so a list in memory reaches every open page.</summary>
internal sealed class AccessChanges : IAccessChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Subscription>> _byUser = new(StringComparer.Ordinal);

    public void Publish(string userId)
    {
        Subscription[] listeners;
        lock (_lock)
        {
            listeners = _byUser.TryGetValue(userId, out var found) ? [.. found] : [];
        }

        foreach (var listener in listeners)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static subscription => subscription.Changed(), listener, preferLocal: false);
        }
    }

    public IDisposable Subscribe(string userId, Action changed)
    {
        var subscription = new Subscription(this, userId, changed);
        lock (_lock)
        {
            if (!_byUser.TryGetValue(userId, out var listeners))
            {
                _byUser[userId] = listeners = [];
            }

            listeners.Add(subscription);
        }

        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            if (_byUser.TryGetValue(subscription.UserId, out var listeners) && listeners.Remove(subscription) && listeners.Count == 0)
            {
                _byUser.Remove(subscription.UserId);
            }
        }
    }

    private sealed class Subscription(AccessChanges owner, string userId, Action changed) : IDisposable
    {
        public string UserId => userId;

        public Action Changed => changed;

        public void Dispose() => owner.Remove(this);
    }
}
