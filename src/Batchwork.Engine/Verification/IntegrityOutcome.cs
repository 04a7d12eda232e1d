namespace Batchwork.Engine.Verification;

/// <summary>How a check of the data folder stands.</summary>
public enum IntegrityOutcome
{
    /// <summary>It has not ended.</summary>
    Running = 0,

    /// <summary>All promises hold.</summary>
    Whole = 1,

    /// <summary>Some do not.</summary>
    Broken = 2,

    /// <summary>It was stopped before its end.</summary>
    Cancelled = 3,

    /// <summary>It could not go on; the log says why.</summary>
    Failed = 4,
}
