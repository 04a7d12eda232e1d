namespace Batchwork.Engine.LiveUpdates;

/// <summary>The in-process change feed between the engine's workers and open pages.</summary>
public interface ILiveUpdates
{
    /// <summary>Tells everyone who watches. Call it after the commit. Never blocks and never throws.</summary>
    /// <param name="change">What changed.</param>
    void Publish(LiveChange change);

    /// <summary>
    /// Watches a workspace or one of its jobs. Subscribe first, then read the snapshot: a change in between is then not lost. Changes that
    /// come faster than the throttle are heard as one.
    /// </summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="jobId">One of its jobs, or <see langword="null"/> for all that happens in the workspace.</param>
    /// <param name="throttle">Least time between two items; pages use one second.</param>
    /// <returns>The subscription; it lives until it is disposed.</returns>
    LiveSubscription Subscribe(Guid workspaceId, Guid? jobId, TimeSpan throttle);

    /// <summary>Hears of every workspace: for the engine's own workers, never for a page.</summary>
    /// <param name="throttle">Least time between two items.</param>
    /// <returns>The subscription; it lives until it is disposed.</returns>
    LiveSubscription SubscribeAll(TimeSpan throttle);
}
