namespace Batchwork;

/// <summary>How results are read.</summary>
public sealed record ResultReadOptions
{
    /// <summary>Takes the pictures. Default: a <see cref="TemporaryImageSink"/>, whose files vanish with their result.</summary>
    public IImageSink? Sink { get; init; }

    /// <summary>Where to go on, one place per source. Results before these places are not read again; a source without a place is read from its start.</summary>
    public IReadOnlyList<ResultPosition> From { get; init; } = [];

    /// <summary>Results asked for at a time where a provider pages them. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Whether pictures that come as a URL are fetched at once, while the URL is good. Default true; if not, they have a <see cref="BatchImage.Url"/> and no content.</summary>
    public bool FetchHosted { get; init; } = true;
}
