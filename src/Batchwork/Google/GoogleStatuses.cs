namespace Batchwork.Google;

/// <summary>Google's words for the state of a batch: <c>BATCH_STATE_RUNNING</c> on the wire, <c>JOB_STATE_RUNNING</c> in its SDKs and at Vertex. Only the ending counts.</summary>
internal static class GoogleStatuses
{
    private const string Prefix = "STATE_";

    // gRPC's code of a cancelled operation.
    private const string CancelledCode = "1";

    /// <summary>The status that follows from an operation's state, its error and whether it is done; <see langword="null"/> for a word that is not known.</summary>
    /// <param name="state">The state, if there is one.</param>
    /// <param name="isDone">Whether the operation is done.</param>
    /// <param name="error">The operation's error, if it ended in one.</param>
    public static BatchStatus? Of(string? state, bool isDone, BatchError? error)
    {
        var status = state is null ? null : OfWord(state);

        // A batch that never began has no state: only the operation's error.
        if (error is not null && status is not (BatchStatus.Failed or BatchStatus.Cancelled or BatchStatus.Expired))
        {
            return error.Code == CancelledCode ? BatchStatus.Cancelled : BatchStatus.Failed;
        }

        return state is null ? isDone ? BatchStatus.Completed : BatchStatus.InProgress : status;
    }

    private static BatchStatus? OfWord(string state)
    {
        var word = state.ToUpperInvariant();
        var prefix = word.IndexOf(Prefix, StringComparison.Ordinal);
        return (prefix < 0 ? word : word[(prefix + Prefix.Length)..]) switch
        {
            "UNSPECIFIED" or "PENDING" => BatchStatus.Validating,
            "RUNNING" or "QUEUED" or "PAUSED" or "UPDATING" => BatchStatus.InProgress,
            "CANCELLING" or "CANCELING" => BatchStatus.Cancelling,
            "SUCCEEDED" or "PARTIALLY_SUCCEEDED" => BatchStatus.Completed,
            "FAILED" => BatchStatus.Failed,
            "CANCELLED" or "CANCELED" => BatchStatus.Cancelled,
            "EXPIRED" => BatchStatus.Expired,
            _ => null,
        };
    }
}
