namespace Batchwork.Engine.Polling;

/// <summary>The lanes in which parts are worked on. Each has places of its own, so that one kind of work never waits for another.</summary>
internal enum PartLane
{
    /// <summary>Sending and polling: short.</summary>
    Moving,

    /// <summary>Storing results: as long as they are large.</summary>
    Storing,

    /// <summary>Storing results whose links go stale: the earliest deadline first.</summary>
    Expiring,
}
