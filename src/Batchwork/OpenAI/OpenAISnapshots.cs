using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Reads OpenAI's batch objects.</summary>
internal static class OpenAISnapshots
{
    /// <summary>Reads a batch.</summary>
    /// <param name="batch">OpenAI's object.</param>
    /// <param name="askedId">The id that was asked for, for answers that leave it out.</param>
    /// <returns>The batch; <see langword="null"/> when the object is none: <c>{}</c>, an error, a page of HTML.</returns>
    public static BatchSnapshot? Read(JsonElement batch, string? askedId)
    {
        var word = batch.Property("status").TextOrNumber();
        var id = batch.Property("id").NonEmptyText() ?? (word is null ? null : askedId);
        if (id is null || batch.Property("error").ValueKind == JsonValueKind.Object)
        {
            return null;
        }

        var status = OpenAIStatuses.Of(word);
        return new BatchSnapshot
        {
            Id = id,
            Provider = OpenAIWire.Provider,
            Status = status,
            RawStatus = word,
            RequestCounts = Counts(batch.Property("request_counts")),
            CreatedAt = batch.Property("created_at").Date(),
            CompletedAt = End(batch, status),
            ExpiresAt = batch.Property("expires_at").Date(),
            Errors = Errors(batch.Property("errors")),
            InputFileId = batch.Property("input_file_id").NonEmptyText(),
            OutputFileId = batch.Property("output_file_id").NonEmptyText(),
            ErrorFileId = batch.Property("error_file_id").NonEmptyText(),
            Metadata = Metadata(batch.Property("metadata")),
            Raw = batch,
        };
    }

    // Numbers only, as in the published library: a count that came as a text is no count.
    private static BatchRequestCounts Counts(JsonElement counts)
    {
        return new BatchRequestCounts(Count("total"), Count("completed"), Count("failed"));

        int Count(string name) => (int)Math.Clamp(counts.Property(name).Whole() ?? 0, 0, int.MaxValue);
    }

    // The date that belongs to the status; else whichever there is.
    private static DateTimeOffset? End(JsonElement batch, BatchStatus? status)
    {
        string[] names = ["completed_at", "failed_at", "expired_at", "cancelled_at"];
        var own = status switch
        {
            BatchStatus.Completed => names[0],
            BatchStatus.Failed => names[1],
            BatchStatus.Expired => names[2],
            BatchStatus.Cancelled => names[3],
            _ => null,
        };
        var ownDate = own is null ? null : batch.Property(own).Date();
        return ownDate ?? names.Select(name => batch.Property(name).Date()).FirstOrDefault(date => date is not null);
    }

    private static List<BatchError> Errors(JsonElement errors)
    {
        return
        [
            .. errors.Property("data").Items().Select(error => new BatchError(
                error.Property("code").TextOrNumber(),
                ErrorText.Clean(error.Property("message").Text() ?? "", null),
                Line: error.Property("line").Whole() is { } line and > 0 and <= int.MaxValue ? (int)line : null,
                Param: error.Property("param").NonEmptyText())),
        ];
    }

    private static Dictionary<string, string> Metadata(JsonElement metadata)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (metadata.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in metadata.EnumerateObject())
            {
                if (pair.NameOrNull() is { } name)
                {
                    pairs[name] = pair.Value.TextOrNumber() ?? "";
                }
            }
        }

        return pairs;
    }
}
