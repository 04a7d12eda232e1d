namespace Batchwork.Engine.Jobs;

/// <summary>Where a part is on its way. The order is the order of the way.</summary>
public enum PartState
{
    /// <summary>Planned, nothing sent.</summary>
    Ready = 0,

    /// <summary>A submission attempt is under way or being cleared up.</summary>
    Submitting = 1,

    /// <summary>The batch exists; it is polled.</summary>
    AtProvider = 2,

    /// <summary>The batch has ended; its results are being stored.</summary>
    Collecting = 3,

    /// <summary>Every row of it is explained.</summary>
    Closed = 4,

    /// <summary>Waits for a person.</summary>
    Held = 5,
}
