namespace Batchwork.OpenAI;

/// <summary>OpenAI's words for the status of a batch. They are the normalised ones; letters of either case and the American spelling are understood too.</summary>
internal static class OpenAIStatuses
{
    /// <summary>The status; <see langword="null"/> for a word that is not known.</summary>
    public static BatchStatus? Of(string? word) => word?.ToUpperInvariant() switch
    {
        "VALIDATING" => BatchStatus.Validating,
        "IN_PROGRESS" => BatchStatus.InProgress,
        "FINALIZING" => BatchStatus.Finalizing,
        "COMPLETED" => BatchStatus.Completed,
        "FAILED" => BatchStatus.Failed,
        "EXPIRED" => BatchStatus.Expired,
        "CANCELLING" or "CANCELING" => BatchStatus.Cancelling,
        "CANCELLED" or "CANCELED" => BatchStatus.Cancelled,
        _ => null,
    };
}
