using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;

namespace Batchwork.Emulator.XAI;

/// <summary>A batch as this API shows it: counters and times, no status.</summary>
internal sealed class XAIBatchView(BatchPlans plans, EmulatorClock clock, SettingsStore settings)
{
    public async Task<JsonObject> OfAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var (moment, current) = (MomentOf(batch), settings.Current.XAI);
        var failed = moment.Status == BatchStatus.Failed;
        var cancelled = failed ? moment.FailedAt : batch.CancelRequestedAt;
        return new JsonObject
        {
            ["batch_id"] = batch.Id,
            ["name"] = batch.Metadata?.GetValueOrDefault("name"),
            ["create_time"] = XAIJson.Time(batch.CreatedAt, current),
            ["expire_time"] = XAIJson.Time(BatchTimeline.ExpiresAt(batch), current),
            ["create_api_key_id"] = batch.Key,
            ["cancel_time"] = cancelled is { } at ? XAIJson.Time(at, current) : null,
            ["cancel_by_xai_message"] = failed ? $"JSONL file validation failed: {batch.Problems[0].Message}" : null,
            ["input_file_id"] = batch.InputFileId,
            ["state"] = await StateAsync(batch, moment, cancellationToken),
        };
    }

    public BatchMoment MomentOf(BatchRecord batch) => new BatchTimeline(batch).At(clock.GetUtcNow());

    // All zero while the file is being read, and for ever if it was turned down.
    private async Task<JsonObject> StateAsync(BatchRecord batch, BatchMoment moment, CancellationToken cancellationToken)
    {
        var begun = batch.Problems.Count == 0 && moment.Status != BatchStatus.Validating;
        var total = begun ? batch.Requests : 0;
        var failed = moment.Done == 0 ? 0 : (await plans.GetAsync(batch, cancellationToken)).FailedOf(moment.Done);
        var cancelled = moment.Status == BatchStatus.Cancelled ? total - moment.Done : 0;
        return new JsonObject
        {
            ["num_requests"] = total,
            ["num_pending"] = total - moment.Done - cancelled,
            ["num_success"] = moment.Done - failed,
            ["num_error"] = failed,
            ["num_cancelled"] = cancelled,
        };
    }
}
