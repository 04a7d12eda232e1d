namespace Batchwork;

/// <summary>How one request ended.</summary>
public enum BatchResultStatus
{
    /// <summary>There is at least one picture.</summary>
    Succeeded,

    /// <summary>There is none, and <see cref="BatchResult.Error"/> says why.</summary>
    Errored,

    /// <summary>The batch's time ran out first.</summary>
    Expired,

    /// <summary>The batch was cancelled first. (Spelt as published; batches and jobs are <c>Cancelled</c>.)</summary>
    Canceled,
}
