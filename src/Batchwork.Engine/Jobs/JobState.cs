namespace Batchwork.Engine.Jobs;

/// <summary>Where a job is. A draft is not a job yet.</summary>
public enum JobState
{
    Submitting = 1,
    WaitingAtProvider = 2,
    Running = 3,
    Collecting = 4,
    Done = 5,

    /// <summary>Ended with rows that are not stored; each of them is explained.</summary>
    DoneWithProblems = 6,

    /// <summary>Cannot go on without a person.</summary>
    NeedsYou = 7,
    Cancelling = 8,
    Cancelled = 9,
    Expired = 10,
}
