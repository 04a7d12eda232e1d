using System.Text.Json;
using Batchwork.Json;
using Batchwork.Streaming;

namespace Batchwork.Google;

/// <summary>Makes results of the lines of Google's result files, and of the items of inline batches: both have the same form.</summary>
internal static class GoogleResults
{
    /// <summary>Makes a result of a line or item. Its id is the key as it was sent. Pictures that do not get into the result are dropped.</summary>
    public static async ValueTask<BatchResult> ReadAsync(ResultLine line, ResultPosition position)
    {
        var result = Read(line, position);
        var kept = result.Images.Select(image => image.Content).ToHashSet();
        await ResultImages.DropAsync(line.Images.Where(image => !kept.Contains(image.Content))).ConfigureAwait(false);
        return result;
    }

    private static BatchResult Read(ResultLine line, ResultPosition position)
    {
        if (line.Json is not { ValueKind: JsonValueKind.Object } json)
        {
            var fault = line.Fault ?? "The line is JSON, but not an object.";
            return Failed(line, position, line.Json is null ? RawAnswer.Salvage(line, "key") : null, ResultOutcome.Unreadable, new BatchError("unreadable_line", fault), ResultImages.Saved(line.Images));
        }

        // In files the key stands on the line, inline in its metadata.
        var key = json.Property("key").TextOrNumber() ?? json.Property("metadata").Property("key").TextOrNumber();
        if (GoogleItemErrors.OfItem(json.Property("error")) is { } error)
        {
            return Failed(line, position, key, GoogleItemErrors.Outcome(error), error);
        }

        var response = json.Property("response");
        if (response.ValueKind != JsonValueKind.Object)
        {
            var nothing = new BatchError("unreadable_line", "The line has neither a response nor an error.");
            return Failed(line, position, key, ResultOutcome.Unreadable, nothing, ResultImages.Saved(line.Images));
        }

        return Answered(line, position, key, response);
    }

    private static BatchResult Answered(ResultLine line, ResultPosition position, string? key, JsonElement response)
    {
        var parts = Parts(response).ToList();
        var usage = GoogleUsage.Read(response.Property("usageMetadata"));
        var text = string.Concat(parts.Select(part => part.Property("text").Text()));
        var said = text.Length > 0 ? text : null;
        var images = Images(line, parts);
        if (images.Count == 0)
        {
            var (outcome, error) = GoogleItemErrors.OfEmpty(response, said);
            return Failed(line, position, key, outcome, error, usage: usage, text: said);
        }

        if (images.All(image => image.Problem != ImageProblem.None))
        {
            var message = images[0].Problem == ImageProblem.Damaged ? "The image data is damaged." : $"Google sent {images[0].MediaType} instead of a picture.";
            return Failed(line, position, key, ResultOutcome.Unreadable, new BatchError("image_unreadable", message), images, usage, said);
        }

        return new BatchResult
        {
            CustomId = key ?? "",
            Status = BatchResultStatus.Succeeded,
            Outcome = ResultOutcome.Succeeded,
            Images = images,
            Text = said,
            Usage = usage,
            Raw = RawAnswer.Of(line),
            Position = position,
        };
    }

    // Thoughts may hold drafts of the picture; "thought": true stands beside the data. (Gemini API reference, Part, November 2026.)
    private static IEnumerable<JsonElement> Parts(JsonElement response) =>
        response.Property("candidates").Items()
            .SelectMany(candidate => candidate.Property("content").Property("parts").Items())
            .Where(part => part.Property("thought").ValueKind != JsonValueKind.True);

    private static List<BatchImage> Images(ResultLine line, List<JsonElement> parts)
    {
        var images = new List<BatchImage>(line.Images.Count);
        foreach (var part in parts)
        {
            var data = part.Property("inlineData") is { ValueKind: JsonValueKind.Object } camel ? camel : part.Property("inline_data");
            if (ImagePlaceholder.Index(data.Property("data").Text()) is { } at && at < line.Images.Count && line.Images[at].Letters > 0)
            {
                var announced = (data.Property("mimeType").NonEmptyText() ?? data.Property("mime_type").NonEmptyText())?.ToLowerInvariant();
                images.Add(ResultImages.Of(images.Count, line.Images[at], announced, null));
            }
        }

        return images;
    }

    private static BatchResult Failed(
        ResultLine line,
        ResultPosition position,
        string? key,
        ResultOutcome outcome,
        BatchError error,
        IReadOnlyList<BatchImage>? images = null,
        BatchUsage? usage = null,
        string? text = null) => new()
        {
            CustomId = key ?? "",

            // A cancelled item is errored, too: that is how the published library tells it (code 1, "CANCELLED"). The outcome tells them apart.
            Status = BatchResultStatus.Errored,
            Outcome = outcome,
            Images = images ?? [],
            Text = text,
            Usage = usage,
            Error = error,
            Raw = RawAnswer.Of(line),
            Position = position,
        };
}
