using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.OpenAI;

/// <summary>A batch as this API shows it.</summary>
internal sealed class OpenAIBatchView(BatchPlans plans, EmulatorClock clock)
{
    public async Task<JsonObject> OfAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var moment = new BatchTimeline(batch).At(clock.GetUtcNow());
        var results = moment.IsTerminal ? batch.Results : null;
        return new JsonObject
        {
            ["id"] = batch.Id,
            ["object"] = "batch",
            ["endpoint"] = batch.Endpoint,
            ["model"] = batch.Model,
            ["errors"] = moment.Status == BatchStatus.Failed ? Errors(batch) : null,
            ["input_file_id"] = batch.InputFileId,
            ["completion_window"] = "24h",
            ["status"] = Name(moment.Status),
            ["output_file_id"] = results?.OutputFileId,
            ["error_file_id"] = results?.ErrorFileId,
            ["created_at"] = batch.CreatedAt.ToUnixTimeSeconds(),
            ["in_progress_at"] = moment.InProgressAt?.ToUnixTimeSeconds(),
            ["expires_at"] = BatchTimeline.ExpiresAt(batch).ToUnixTimeSeconds(),
            ["finalizing_at"] = moment.FinalizingAt?.ToUnixTimeSeconds(),
            ["completed_at"] = moment.CompletedAt?.ToUnixTimeSeconds(),
            ["failed_at"] = moment.FailedAt?.ToUnixTimeSeconds(),
            ["expired_at"] = moment.ExpiredAt?.ToUnixTimeSeconds(),
            ["cancelling_at"] = moment.CancellingAt?.ToUnixTimeSeconds(),
            ["cancelled_at"] = moment.CancelledAt?.ToUnixTimeSeconds(),
            ["request_counts"] = await CountsAsync(batch, moment, cancellationToken),
            ["usage"] = results is null ? null : Usage(results),
            ["metadata"] = batch.Metadata is null
                ? null
                : new JsonObject(batch.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }

    public static string Name(BatchStatus status) => status switch
    {
        BatchStatus.Validating => "validating",
        BatchStatus.Failed => "failed",
        BatchStatus.InProgress => "in_progress",
        BatchStatus.Finalizing => "finalizing",
        BatchStatus.Completed => "completed",
        BatchStatus.Expired => "expired",
        BatchStatus.Cancelling => "cancelling",
        _ => "cancelled",
    };

    // All zero while the input is being checked, and for ever if it turned out not to be valid.
    private async Task<JsonObject> CountsAsync(BatchRecord batch, BatchMoment moment, CancellationToken cancellationToken)
    {
        var begun = batch.Problems.Count == 0 && moment.Status != BatchStatus.Validating;
        var failed = moment.Done == 0 ? 0 : (await plans.GetAsync(batch, cancellationToken)).FailedOf(moment.Done);
        return new JsonObject
        {
            ["total"] = begun ? batch.Requests : 0,
            ["completed"] = moment.Done - failed,
            ["failed"] = failed,
        };
    }

    private static JsonObject Errors(BatchRecord batch) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. batch.Problems.Select(problem => new JsonObject
        {
            ["code"] = problem.Code,
            ["line"] = problem.Line,
            ["message"] = problem.Message,
            ["param"] = problem.Param,
        })]),
    };

    private static JsonObject Usage(BatchResults results) => new()
    {
        ["input_tokens"] = results.InputTokens,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["output_tokens"] = results.OutputTokens,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
        ["total_tokens"] = results.InputTokens + results.OutputTokens,
    };
}
