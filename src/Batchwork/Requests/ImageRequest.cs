using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>One prompt of a batch, with the values that differ from the batch's <see cref="ImageDefaults"/>. A property that is <see langword="null"/> or an empty text is not set.</summary>
public sealed record ImageRequest
{
    /// <summary>The caller's id of this request, unique in its batch and compared byte for byte. Without one the request is called <c>request-&lt;index&gt;</c>, counted from 0 over the whole list.</summary>
    public string? CustomId { get; init; }

    /// <summary>What the picture shall show.</summary>
    public required string Prompt { get; init; }

    /// <summary>How many pictures to make of this prompt. Without a value here or in the defaults the client sends 1.</summary>
    public int? N { get; init; }

    /// <summary>Pixel size, <c>WIDTHxHEIGHT</c> or <c>auto</c>. OpenAI only.</summary>
    public string? Size { get; init; }

    /// <summary>Shape, <c>WIDTH:HEIGHT</c>. Google and xAI only.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>Seed of the random generator. Google only.</summary>
    public long? Seed { get; init; }

    /// <summary>Options of single providers: provider id → option → value, for example <c>openai</c> → <c>quality</c> → <c>high</c>. Merged with the defaults per provider and per key, also inside of options that are objects; the request's key wins, and a <see langword="null"/> value takes the default's key away.</summary>
    public IReadOnlyDictionary<string, JsonObject>? ProviderOptions { get; init; }
}
