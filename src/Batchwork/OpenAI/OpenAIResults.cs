using System.Globalization;
using System.Text.Json;
using Batchwork.Json;
using Batchwork.Streaming;

namespace Batchwork.OpenAI;

/// <summary>Makes results of the lines of OpenAI's output and error files.</summary>
internal static class OpenAIResults
{
    /// <summary>Where pictures stand: <c>response.body.data[].b64_json</c>.</summary>
    public static readonly IReadOnlyList<ImageField> ImageFields = [new ImageField("b64_json", "data")];

    /// <summary>Makes a result of a line. Pictures that do not get into the result are dropped.</summary>
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
            return Failed(line, position, line.Json is null ? RawAnswer.Salvage(line, "custom_id") : null, ResultOutcome.Unreadable, new BatchError("unreadable_line", fault), ResultImages.Saved(line.Images));
        }

        var id = json.Property("custom_id").TextOrNumber();
        if (OpenAILineErrors.OfLine(json.Property("error")) is { } error)
        {
            return Failed(line, position, id, OpenAILineErrors.Outcome(null, error), error);
        }

        var response = json.Property("response");
        var body = response.Property("body");
        var status = Status(response.Property("status_code"));
        if (response.ValueKind != JsonValueKind.Object)
        {
            var nothing = new BatchError("unreadable_line", "The line has neither a response nor an error.");
            return Failed(line, position, id, ResultOutcome.Unreadable, nothing, ResultImages.Saved(line.Images));
        }

        // Without a status, the pictures speak for themselves.
        if (OpenAILineErrors.IsIn(body) || (status is null && line.Images.Count == 0) || status is not (null or (>= 200 and < 300)))
        {
            var failure = OpenAILineErrors.OfBody(body, OpenAILineErrors.Fallback(status));
            return Failed(line, position, id, OpenAILineErrors.Outcome(status, failure), failure, usage: OpenAIUsage.Read(body.Property("usage")));
        }

        return Succeeded(line, position, id, body);
    }

    private static BatchResult Succeeded(ResultLine line, ResultPosition position, string? id, JsonElement body)
    {
        var images = Images(line, body);
        var usage = OpenAIUsage.Read(body.Property("usage"));
        var text = body.Property("text").NonEmptyText() ?? body.Property("output_text").NonEmptyText();
        if (images.Count == 0)
        {
            var error = new BatchError("no_image", text is null ? "OpenAI answered without a picture." : $"OpenAI answered without a picture: {ErrorText.Clean(text, null)}");
            return Failed(line, position, id, ResultOutcome.NoImage, error, usage: usage, text: text);
        }

        if (images.All(image => image.Problem != ImageProblem.None))
        {
            var message = images[0].Problem == ImageProblem.Damaged ? "The image data is damaged." : $"OpenAI sent {images[0].MediaType} instead of a picture.";
            return Failed(line, position, id, ResultOutcome.Unreadable, new BatchError("image_unreadable", message), images, usage, text);
        }

        return new BatchResult
        {
            CustomId = id ?? "",
            Status = BatchResultStatus.Succeeded,
            Outcome = ResultOutcome.Succeeded,
            Images = images,
            Text = text,
            Usage = usage,
            Raw = RawAnswer.Of(line),
            Position = position,
        };
    }

    private static BatchResult Failed(
        ResultLine line,
        ResultPosition position,
        string? id,
        ResultOutcome outcome,
        BatchError error,
        IReadOnlyList<BatchImage>? images = null,
        BatchUsage? usage = null,
        string? text = null) => new()
        {
            CustomId = id ?? "",
            Status = outcome switch
            {
                ResultOutcome.Expired => BatchResultStatus.Expired,
                ResultOutcome.Cancelled => BatchResultStatus.Canceled,
                _ => BatchResultStatus.Errored,
            },
            Outcome = outcome,
            Images = images ?? [],
            Text = text,
            Usage = usage,
            Error = error,
            Raw = RawAnswer.Of(line),
            Position = position,
        };

    private static List<BatchImage> Images(ResultLine line, JsonElement body)
    {
        var announced = MediaType(body.Property("output_format").NonEmptyText());
        var data = body.Property("data");
        var images = new List<BatchImage>(line.Images.Count);
        if (data.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var entry in data.EnumerateArray())
            {
                Add(entry, index++);
            }
        }
        else
        {
            // Some gateways send one object instead of a list of one.
            Add(data, 0);
        }

        return images;

        void Add(JsonElement entry, int index)
        {
            var revised = entry.Property("revised_prompt").NonEmptyText();
            if (ImagePlaceholder.Index(entry.Property("b64_json").Text()) is { } at && at < line.Images.Count && line.Images[at].Letters > 0)
            {
                images.Add(ResultImages.Of(index, line.Images[at], announced, revised));
            }
            else if (ResultImages.HostedUrl(entry.Property("url").NonEmptyText()) is { } url)
            {
                images.Add(new BatchImage { Index = index, Url = url, AnnouncedMediaType = announced, MediaType = announced, RevisedPrompt = revised });
            }
        }
    }

    private static string MediaType(string? format) => format switch
    {
        null => "image/png",
        "jpg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => format.All(char.IsAsciiLetterOrDigit) ? "image/" + format : "image/png",
    };

    private static long? Status(JsonElement status) =>
        status.Whole() ?? (long.TryParse(status.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
}
