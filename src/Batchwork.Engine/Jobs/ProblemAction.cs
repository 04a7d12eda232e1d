namespace Batchwork.Engine.Jobs;

/// <summary>What helps against a cause.</summary>
public enum ProblemAction
{
    /// <summary>Send the same rows again.</summary>
    RunAgain = 1,

    /// <summary>Change the rows, then run them as a new job: as they are they would end the same.</summary>
    ChangeRows = 2,

    /// <summary>Take what came, or run the rows as a new job: sent again, all their pictures would be paid for again.</summary>
    Keep = 3,
}
