using System.Text.Json;
using Batchwork.Json;
using Batchwork.Streaming;

namespace Batchwork.XAI;

/// <summary>Finds the pictures of an answer: in <c>data</c>, in <c>images</c>, or flat in the answer itself.</summary>
/// <param name="Images">The pictures. One that was left out leaves its number unused.</param>
/// <param name="IsModerated">Whether moderation left any out.</param>
internal sealed record XAIPictures(IReadOnlyList<BatchImage> Images, bool IsModerated)
{
    public static XAIPictures Read(ResultLine item, JsonElement operation)
    {
        var list = operation.Property("data").ValueKind == JsonValueKind.Undefined ? operation.Property("images") : operation.Property("data");
        var images = new List<BatchImage>();
        var isModerated = false;
        var index = 0;
        foreach (var entry in list.ValueKind == JsonValueKind.Object ? [list] : list.Items())
        {
            Add(entry, index++);
        }

        if (images.Count == 0)
        {
            Add(operation, 0);
        }

        // An empty list is how moderation looks, too.
        return new XAIPictures(images, isModerated || (list.ValueKind == JsonValueKind.Array && index == 0));

        void Add(JsonElement entry, int at)
        {
            // What came in place of a picture that was held back is not the picture.
            if (entry.Property("respect_moderation").ValueKind == JsonValueKind.False)
            {
                isModerated = true;
            }
            else if (Picture(item, entry, at) is { } image)
            {
                images.Add(image);
            }
        }
    }

    private static BatchImage? Picture(ResultLine item, JsonElement entry, int index)
    {
        var announced = entry.Property("mime_type").NonEmptyText();
        var revised = entry.Property("revised_prompt").NonEmptyText();
        var data = ImagePlaceholder.Index(entry.Property("b64_json").Text()) ?? ImagePlaceholder.Index(entry.Property("base64").Text());
        if (data is { } at && at < item.Images.Count && item.Images[at].Letters > 0)
        {
            return ResultImages.Of(index, item.Images[at], announced, revised);
        }

        return ResultImages.HostedUrl(entry.Property("url").NonEmptyText()) is { } url
            ? new BatchImage { Index = index, Url = url, AnnouncedMediaType = announced, MediaType = announced, RevisedPrompt = revised }
            : null;
    }
}
