namespace Batchwork;

/// <summary>One picture of a result: bytes, or a hosted URL that soon goes stale.</summary>
public sealed class BatchImage
{
    /// <summary>Position among the pictures of its request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The decoded bytes, where the reader's sink put them; <see langword="null"/> for a hosted picture.</summary>
    public IImageContent? Content { get; init; }

    /// <summary>Where the provider hosts the picture, if it sent no bytes.</summary>
    public Uri? Url { get; init; }

    /// <summary>The type told by the bytes (<c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c>, …), else <see cref="AnnouncedMediaType"/>.</summary>
    public string? MediaType { get; init; }

    /// <summary>The type the provider announced.</summary>
    public string? AnnouncedMediaType { get; init; }

    /// <summary>The prompt as the provider changed it, if it says so.</summary>
    public string? RevisedPrompt { get; init; }
}
