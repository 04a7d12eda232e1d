namespace Batchwork.Engine.Jobs;

/// <summary>What can be done with a part where it is. The buttons and the service both ask here.</summary>
internal static class PartActions
{
    /// <summary>As long as its results are still at the provider: in files that are not deleted yet, or in the batch itself.</summary>
    public static bool CanCollectAgain(JobPart part) =>
        part is { State: PartState.Closed, BatchId: not null } && (part.CleanUpAt is not null || (part.OutputFileId is null && part.ErrorFileId is null));

    public static bool CanCancel(JobPart part) =>
        part is { CancelRequestedAt: null, State: not (PartState.Closed or PartState.Collecting) };

    /// <summary>Whether something of it is due later that can be done now.</summary>
    public static bool CanPoll(JobPart part) => part.NextCheckAt is not null;
}
