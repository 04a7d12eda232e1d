namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What a person can do with a part.</summary>
public enum PartAct
{
    /// <summary>Do now what is due later.</summary>
    Poll,

    /// <summary>Read the results once more.</summary>
    CollectAgain,

    /// <summary>Stop it.</summary>
    Cancel,

    /// <summary>Send its rows again that are not done.</summary>
    Resubmit,
}
