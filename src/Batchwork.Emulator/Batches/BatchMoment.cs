namespace Batchwork.Emulator.Batches;

/// <summary>A batch at one moment.</summary>
/// <param name="Done">Requests that have ended by themselves.</param>
internal sealed record BatchMoment(BatchStatus Status, int Done)
{
    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    public DateTimeOffset? CancellingAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    public bool IsTerminal => Status is BatchStatus.Failed or BatchStatus.Completed or BatchStatus.Expired or BatchStatus.Cancelled;
}
