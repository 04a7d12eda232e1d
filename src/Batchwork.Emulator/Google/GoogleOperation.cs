using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Google;

/// <summary>A batch as this API shows it: a long-running operation.</summary>
internal sealed class GoogleOperation(BatchPlans plans, FileStore files, ResultFiles results, EmulatorClock clock, SettingsStore settings)
{
    private const string Types = "type.googleapis.com/google.ai.generativelanguage.v1main.";

    /// <summary>The operation with everything in it: an inline batch that is done carries all its pictures.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, BatchRecord batch)
    {
        var json = await ToJsonAsync(batch, context.RequestAborted);
        var asked = settings.Current.Google.FieldMasks ? context.Request.Query["fields"].ToString() : "";
        var mask = FieldMask.Read(asked);
        var moment = new BatchTimeline(batch).At(clock.GetUtcNow());
        var inline = GoogleResultPlace.IsInline(batch) && HasResults(batch, moment) ? files.Record(batch.OutputFileId) : null;
        return inline is null
            ? new GoogleAnswer(mask.Apply(json))
            : new GoogleInlineAnswer(
                mask.Apply(json),
                Output([]),
                () => results.OpenAsync(inline, context.RequestAborted),
                inMetadata: In("metadata") && mask.Holds("metadata", "output"),
                inResponse: In("response") && mask.Holds("response", "inlinedResponses"));
    }

    /// <summary>The operation as a list shows it: without inline results.</summary>
    public async Task<JsonObject> ToJsonAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var moment = new BatchTimeline(batch).At(clock.GetUtcNow());
        var metadata = await MetadataAsync(batch, moment, cancellationToken);
        var json = new JsonObject { ["name"] = "batches/" + batch.Id };
        var file = HasResults(batch, moment) && !GoogleResultPlace.IsInline(batch) ? GoogleFiles.ResultName(batch) : null;
        if (file is not null && In("metadata"))
        {
            metadata["output"] = new JsonObject { ["responsesFile"] = GoogleFileName.Prefix + file };
        }

        if (moment.IsTerminal)
        {
            json["done"] = true;
        }

        if (ErrorOf(batch, moment) is { } error)
        {
            json["error"] = error.ToJson();
        }
        else if (file is not null && In("response"))
        {
            json["response"] = Output(new JsonObject { ["responsesFile"] = GoogleFileName.Prefix + file });
        }

        // The metadata last: inline results are put in at its end.
        json["metadata"] = metadata;
        return json;
    }

    private static JsonObject Output(JsonObject content)
    {
        var output = new JsonObject { ["@type"] = Types + "GenerateContentBatchOutput" };
        foreach (var (name, value) in content)
        {
            output[name] = value?.DeepClone();
        }

        return output;
    }

    private static string StateOf(BatchStatus status) => "BATCH_STATE_" + status switch
    {
        BatchStatus.Validating => "PENDING",
        BatchStatus.Failed => "FAILED",
        BatchStatus.Completed => "SUCCEEDED",
        BatchStatus.Expired => "EXPIRED",
        BatchStatus.Cancelled => "CANCELLED",

        // There is no state for what is being finished or being cancelled.
        _ => "RUNNING",
    };

    private static GoogleError? ErrorOf(BatchRecord batch, BatchMoment moment) => moment.Status switch
    {
        BatchStatus.Failed => GoogleError.Invalid(batch.Problems[0].Message),
        BatchStatus.Cancelled => new GoogleError(499, "CANCELLED", "Batch was cancelled."),
        BatchStatus.Expired => new GoogleError(504, "DEADLINE_EXCEEDED", "Batch expired before it was completed."),
        _ => null,
    };

    private bool In(string place) => settings.Current.Google.ResultsIn is "both" || settings.Current.Google.ResultsIn == place;

    private static bool HasResults(BatchRecord batch, BatchMoment moment) =>
        moment.Status == BatchStatus.Completed && batch.Results?.OutputFileId is not null;

    private async Task<JsonObject> MetadataAsync(BatchRecord batch, BatchMoment moment, CancellationToken cancellationToken)
    {
        var (now, ended) = (clock.GetUtcNow(), moment.CompletedAt ?? moment.FailedAt ?? moment.ExpiredAt ?? moment.CancelledAt);
        var metadata = new JsonObject
        {
            ["@type"] = Types + "GenerateContentBatch",
            ["model"] = "models/" + batch.Model,
            ["displayName"] = batch.Metadata?.GetValueOrDefault("displayName"),
        };
        if (!batch.IsInline)
        {
            metadata["inputConfig"] = new JsonObject { ["fileName"] = GoogleFileName.Prefix + files.Record(batch.InputFileId)?.Name };
        }

        metadata["createTime"] = GoogleJson.Time(batch.CreatedAt);
        if (ended is { } end)
        {
            metadata["endTime"] = GoogleJson.Time(end);
        }

        metadata["updateTime"] = GoogleJson.Time(ended ?? now);
        metadata["batchStats"] = await StatsAsync(batch, moment, cancellationToken);
        metadata["state"] = StateOf(moment.Status);
        metadata["name"] = "batches/" + batch.Id;
        return metadata;
    }

    // Numbers are text, and what is zero is left out.
    private async Task<JsonObject> StatsAsync(BatchRecord batch, BatchMoment moment, CancellationToken cancellationToken)
    {
        var failed = moment.Done == 0 ? 0 : (await plans.GetAsync(batch, cancellationToken)).FailedOf(moment.Done);
        var stats = new JsonObject();
        Add("requestCount", batch.Requests);
        Add("successfulRequestCount", moment.Done - failed);
        Add("failedRequestCount", failed);
        Add("pendingRequestCount", moment.IsTerminal ? 0 : batch.Requests - moment.Done);
        return stats;

        void Add(string name, int count)
        {
            if (count > 0)
            {
                stats[name] = GoogleJson.Long(count);
            }
        }
    }
}
