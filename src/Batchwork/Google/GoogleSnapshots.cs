using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Reads Google's operations, each of which is a batch.</summary>
internal static class GoogleSnapshots
{
    /// <summary>Reads a batch.</summary>
    /// <param name="operation">Google's object, with or without its results.</param>
    /// <param name="askedName">The name that was asked for, for answers that leave it out.</param>
    /// <param name="counted">Results that were counted while the object was read, for answers without counts.</param>
    /// <returns>The batch; <see langword="null"/> when the object is none.</returns>
    public static BatchSnapshot? Read(JsonElement operation, string? askedName, BatchRequestCounts? counted = null)
    {
        var metadata = operation.Property("metadata");
        var state = operation.Property("state").NonEmptyText() ?? metadata.Property("state").NonEmptyText();
        var isDone = operation.Property("done").ValueKind == JsonValueKind.True;
        var isOperation = state is not null || operation.Property("done").ValueKind != JsonValueKind.Undefined || metadata.ValueKind == JsonValueKind.Object;
        var name = GoogleNames.Received(operation.Property("name").Text(), GoogleNames.Batches)
            ?? GoogleNames.Received(metadata.Property("name").Text(), GoogleNames.Batches)
            ?? (isOperation ? askedName : null);
        if (name is null)
        {
            return null;
        }

        var error = Error(operation.Property("error"));
        return new BatchSnapshot
        {
            Id = name,
            Provider = GoogleWire.Provider,
            Status = GoogleStatuses.Of(state, isDone, error),
            RawStatus = state ?? (isDone ? "done" : null),
            RequestCounts = Counts(metadata.Property("batchStats")) ?? counted ?? Inlined(operation) ?? BatchRequestCounts.None,
            CreatedAt = metadata.Property("createTime").Date(),
            CompletedAt = metadata.Property("endTime").Date(),
            Errors = error is null ? [] : [error],
            InputFileId = metadata.Property("inputConfig").Property("fileName").NonEmptyText(),
            OutputFileId = ResultFile(operation),
            Metadata = metadata.Property("displayName").NonEmptyText() is { } tag ? new Dictionary<string, string> { [TagKey] = tag } : [],
            Raw = operation,
        };
    }

    /// <summary>The key under which a snapshot shows the batch's display name.</summary>
    public const string TagKey = "displayName";

    /// <summary>Whether an operation says by itself how many of its requests are done.</summary>
    public static bool HasCounts(JsonElement operation) => Counts(operation.Property("metadata").Property("batchStats")) is not null;

    /// <summary>Counts the results of a list.</summary>
    public static BatchRequestCounts Count(IEnumerable<JsonElement> items)
    {
        var (total, failed) = (0, 0);
        foreach (var item in items)
        {
            total++;
            failed += item.Property("error").ValueKind == JsonValueKind.Object ? 1 : 0;
        }

        return new BatchRequestCounts(total, total - failed, failed);
    }

    // int64 is a text in Google's JSON, and a zero is left out: { "requestCount": "9", "successfulRequestCount": "9" }.
    private static BatchRequestCounts? Counts(JsonElement stats)
    {
        return GoogleUsage.Whole(stats.Property("requestCount")) is null
            ? null
            : new BatchRequestCounts(Count("requestCount"), Count("successfulRequestCount"), Count("failedRequestCount"), Count("pendingRequestCount"));

        int Count(string name) => (int)Math.Clamp(GoogleUsage.Whole(stats.Property(name)) ?? 0, 0, int.MaxValue);
    }

    private static BatchRequestCounts? Inlined(JsonElement operation) =>
        Outputs(operation).Select(InlinedList).FirstOrDefault(list => list.ValueKind == JsonValueKind.Array) is { ValueKind: JsonValueKind.Array } items
            ? Count(items.Items())
            : null;

    private static JsonElement InlinedList(JsonElement output)
    {
        foreach (var name in GoogleWire.ResultLists)
        {
            var value = output.Property(name);
            if (value.ValueKind is JsonValueKind.Array)
            {
                return value;
            }

            if (value.ValueKind is JsonValueKind.Object)
            {
                return InlinedList(value);
            }
        }

        return default;
    }

    // "files/batch-3a96", or an object with that name in it (SDKs).
    private static string? ResultFile(JsonElement operation) =>
        Outputs(operation)
            .SelectMany(output => new[] { output.Property("responsesFile"), output.Property("responses_file"), output.Property("fileName"), output.Property("file_name") })
            .Select(file => file.NonEmptyText() ?? file.Property("name").NonEmptyText())
            .FirstOrDefault(file => file is not null);

    // Where results are told: in the answer of the operation, in its metadata, and in the SDKs' own place.
    private static JsonElement[] Outputs(JsonElement operation) =>
        [operation.Property("response"), operation.Property("metadata").Property("output"), operation.Property("dest")];

    private static BatchError? Error(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object
            ? new BatchError(
                error.Property("code").TextOrNumber(),
                ErrorText.Clean(error.Property("message").Text() ?? "", null),
                error.Property("status").NonEmptyText())
            : null;
}
