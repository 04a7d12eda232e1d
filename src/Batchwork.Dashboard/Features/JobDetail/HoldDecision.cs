namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What a person can decide about a part of which nobody knows whether the provider has it.</summary>
public enum HoldDecision
{
    /// <summary>Look for it at the provider once more.</summary>
    CheckAgain,

    /// <summary>Send it again, and perhaps pay twice.</summary>
    SubmitAgain,

    /// <summary>End it as never sent.</summary>
    MarkAsNotSent,
}
