using System.Collections.Concurrent;

namespace Batchwork.Engine.Polling;

/// <summary>
/// At most two status calls a second with one key, however many parts are due: after a long outage everything is due at once. Whoever gets no turn
/// stays due and asks again at the next tick; nobody waits in a place that other people's parts could use.
/// </summary>
internal sealed class StatusPace(TimeProvider time)
{
    private const int MostInWindow = 2;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Queue<long>> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a turn.</summary>
    /// <param name="key">What tells the provider's keys apart.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(string key)
    {
        var taken = _taken.GetOrAdd(key, _ => new Queue<long>(MostInWindow));
        lock (taken)
        {
            while (taken.TryPeek(out var first) && time.GetElapsedTime(first) >= s_window)
            {
                taken.Dequeue();
            }

            if (taken.Count >= MostInWindow)
            {
                return false;
            }

            taken.Enqueue(time.GetTimestamp());
            return true;
        }
    }
}
