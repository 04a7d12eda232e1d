using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>Reads xAI's batch objects. They have no word for the status: it follows from counters and dates.</summary>
internal static class XAISnapshots
{
    // Clocks differ; and what a batch is given up for is not undone a minute later.
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromHours(1);

    /// <summary>Reads a batch.</summary>
    /// <param name="batch">xAI's object.</param>
    /// <param name="askedId">The id that was asked for, for answers that leave it out.</param>
    /// <param name="now">The time.</param>
    /// <returns>The batch; <see langword="null"/> when the object is none.</returns>
    public static BatchSnapshot? Read(JsonElement batch, string? askedId, DateTimeOffset now)
    {
        var hasState = batch.Property("state").ValueKind == JsonValueKind.Object;
        if ((batch.Property("batch_id").NonEmptyText() ?? batch.Property("id").NonEmptyText() ?? (hasState ? askedId : null)) is not { } id)
        {
            return null;
        }

        var state = XAIState.Of(batch.Property("state"));
        var rejection = batch.Property("cancel_by_xai_message").NonEmptyText();
        var cancelledAt = batch.Property("cancel_time").Date();
        var expiresAt = ExpiresAt(batch.Property("expire_time"));
        var status = Status(state, rejection, cancelledAt is not null, expiresAt + s_clockMargin < now);
        return new BatchSnapshot
        {
            Id = id,
            Provider = XAIWire.Provider,
            Status = status,
            RawStatus = state.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $"{state.Pending} of {total} pending") : "no counts",
            RequestCounts = new BatchRequestCounts(state.Total ?? 0, state.Succeeded, state.Failed, state.Pending, state.Cancelled),
            CreatedAt = batch.Property("create_time").Date(),
            CompletedAt = batch.Property("finish_time").Date() ?? batch.Property("completed_at").Date() ?? (status == BatchStatus.Cancelled ? cancelledAt : null),
            ExpiresAt = expiresAt,
            Errors = rejection is null ? [] : [new BatchError("cancelled_by_xai", ErrorText.Clean(rejection, null))],
            InputFileId = batch.Property("input_file_id").NonEmptyText(),
            Raw = batch,
        };
    }

    // In this order: right after the create all counters are 0, which must not look like an end, and a refused file keeps them at 0 for ever
    // ("JSONL file validation failed: Model X is not supported for batch processing").
    private static BatchStatus? Status(XAIState state, string? rejection, bool isCancelled, bool isPastItsTime) => state switch
    {
        _ when rejection is not null => BatchStatus.Failed,
        { Pending: > 0 } or { Total: null } when isCancelled => BatchStatus.Cancelling,
        _ when isCancelled => BatchStatus.Cancelled,
        { Total: null } => null,
        { Total: 0 } => BatchStatus.Validating,
        _ when state.Cancelled == state.Total => BatchStatus.Cancelled,
        { Pending: > 0 } => isPastItsTime ? BatchStatus.Expired : BatchStatus.InProgress,
        _ => BatchStatus.Completed,
    };

    // A bare date ("2026-11-23") may mean any hour of that day, and both a day and thirty after the creation were seen: no moment follows from it.
    private static DateTimeOffset? ExpiresAt(JsonElement time) =>
        time.Text() is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : time.Date();
}
