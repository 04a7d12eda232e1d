namespace Batchwork.Streaming;

/// <summary>Makes a result's pictures of what has passed.</summary>
internal static class ResultImages
{
    /// <summary>A picture that has come.</summary>
    public static BatchImage Of(int index, ReceivedImage received, string? announced, string? revisedPrompt, Uri? url = null)
    {
        var told = received.MediaType;
        announced = received.AnnouncedMediaType ?? announced;
        return new BatchImage
        {
            Index = index,
            Content = received.Content,
            Url = url,
            MediaType = told ?? announced,
            AnnouncedMediaType = announced,
            RevisedPrompt = revisedPrompt,
            Problem = received.IsDamaged || received.Content is null ? ImageProblem.Damaged
                : told is null || MediaTypeSniffer.IsPicture(told) ? ImageProblem.None
                : ImageProblem.NotAPicture,
        };
    }

    /// <summary>The address of a hosted picture; <see langword="null"/> when it is none of the web's.</summary>
    public static Uri? HostedUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    /// <summary>What can be saved of a line that could not be read.</summary>
    public static IReadOnlyList<BatchImage> Saved(IReadOnlyList<ReceivedImage> received) =>
        [.. received.Select((image, index) => Of(index, image, null, null)).Where(image => image.Content is not null)];

    /// <summary>Drops pictures that belong to no result.</summary>
    public static async ValueTask DropAsync(IEnumerable<ReceivedImage> images)
    {
        foreach (var image in images)
        {
            if (image.Content is { } content)
            {
                await content.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
