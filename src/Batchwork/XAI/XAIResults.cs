using System.Text.Json;
using Batchwork.Json;
using Batchwork.Streaming;

namespace Batchwork.XAI;

/// <summary>Makes results of the items of xAI's pages: <c>{"batch_request_id":"a","batch_result":{"response":{"image_generation":{"data":[…]}}}}</c>.</summary>
internal static class XAIResults
{
    /// <summary>What xAI's text model answers in a batch.</summary>
    private const string Chat = "chat_get_completion";

    /// <summary>Where pictures stand: <c>data[].b64_json</c> (REST), or <c>base64</c> in the operation itself (gRPC's JSON), whose name varies.</summary>
    public static readonly IReadOnlyList<ImageField> ImageFields = [new ImageField("b64_json", null), new ImageField("base64", null)];

    /// <summary>Makes a result of an item. Pictures that do not get into the result are dropped.</summary>
    public static async ValueTask<BatchResult> ReadAsync(ResultLine item, ResultPosition position)
    {
        var result = Read(item, position);
        var kept = result.Images.Select(image => image.Content).ToHashSet();
        await ResultImages.DropAsync(item.Images.Where(image => !kept.Contains(image.Content))).ConfigureAwait(false);
        return result;
    }

    private static BatchResult Read(ResultLine item, ResultPosition position)
    {
        if (item.Json is not { ValueKind: JsonValueKind.Object } json)
        {
            var fault = item.Fault ?? "The result is JSON, but not an object.";
            var unreadable = new BatchError("unreadable_result", fault);
            return Failed(item, position, item.Json is null ? RawAnswer.Salvage(item, "batch_request_id") : null, ResultOutcome.Unreadable, unreadable, ResultImages.Saved(item.Images));
        }

        var id = json.Property("batch_request_id").TextOrNumber() ?? json.Property("custom_id").TextOrNumber();
        var response = json.Property("batch_result").Property("response");
        var (name, operation) = Operation(response);
        var usage = XAIUsage.Read(operation.Property("usage")) ?? XAIUsage.Read(response.Property("usage"));
        if (XAIErrors.Of(json) is { } error)
        {
            return Failed(item, position, id, XAIErrors.Outcome(error), error, usage: usage);
        }

        if (operation.ValueKind != JsonValueKind.Object)
        {
            var nothing = new BatchError("unreadable_result", "The result has neither a response nor an error.");
            return Failed(item, position, id, ResultOutcome.Unreadable, nothing, ResultImages.Saved(item.Images));
        }

        return name == Chat ? Text(item, position, id, operation, usage) : Pictures(item, position, id, operation, usage);
    }

    // image_generation in the guide, image_response in gRPC's JSON: the first one counts, whatever its name.
    private static (string? Name, JsonElement Operation) Operation(JsonElement response)
    {
        if (response.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in response.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Object && property.NameOrNull() is { } name && name != "usage")
                {
                    return (name, property.Value);
                }
            }
        }

        return default;
    }

    private static BatchResult Pictures(ResultLine item, ResultPosition position, string? id, JsonElement operation, BatchUsage? usage)
    {
        var answer = XAIPictures.Read(item, operation);
        if (answer.Images.Count == 0)
        {
            return answer.IsModerated
                ? Failed(item, position, id, ResultOutcome.Refused, new BatchError("moderated", "xAI's moderation held the picture back. It is charged all the same; change the prompt before you send it again."), usage: usage)
                : Failed(item, position, id, ResultOutcome.NoImage, new BatchError("no_image", "xAI answered without a picture."), usage: usage);
        }

        if (answer.Images.All(image => image.Problem != ImageProblem.None))
        {
            var first = answer.Images[0];
            var message = first.Problem == ImageProblem.Damaged ? "The image data is damaged." : $"xAI sent {first.MediaType} instead of a picture.";
            return Failed(item, position, id, ResultOutcome.Unreadable, new BatchError("image_unreadable", message), answer.Images, usage);
        }

        return new BatchResult
        {
            CustomId = id ?? "",
            Status = BatchResultStatus.Succeeded,
            Outcome = ResultOutcome.Succeeded,
            Images = answer.Images,
            Usage = usage,
            Raw = RawAnswer.Of(item),
            Position = position,
        };
    }

    // xAI's file may mix text with pictures. Ours do not, but a batch that others made may be read too.
    private static BatchResult Text(ResultLine item, ResultPosition position, string? id, JsonElement operation, BatchUsage? usage) => new()
    {
        CustomId = id ?? "",
        Status = BatchResultStatus.Succeeded,
        Outcome = ResultOutcome.NoImage,
        Text = operation.Property("choices").Items().Select(c => c.Property("message").Property("content").NonEmptyText()).FirstOrDefault(t => t is not null),
        Usage = usage,
        Raw = RawAnswer.Of(item),
        Position = position,
    };

    private static BatchResult Failed(
        ResultLine item,
        ResultPosition position,
        string? id,
        ResultOutcome outcome,
        BatchError error,
        IReadOnlyList<BatchImage>? images = null,
        BatchUsage? usage = null) => new()
        {
            CustomId = id ?? "",
            Status = outcome == ResultOutcome.Cancelled ? BatchResultStatus.Canceled : BatchResultStatus.Errored,
            Outcome = outcome,
            Images = images ?? [],
            Usage = usage,
            Error = error,
            Raw = RawAnswer.Of(item),
            Position = position,
        };
}
