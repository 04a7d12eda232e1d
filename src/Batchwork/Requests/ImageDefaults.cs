using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>Values for every request of a batch that does not bring its own. Merged by <see cref="EffectiveRequest"/>; the request always wins.</summary>
public sealed record ImageDefaults
{
    /// <inheritdoc cref="ImageRequest.N"/>
    public int? N { get; init; }

    /// <inheritdoc cref="ImageRequest.Size"/>
    public string? Size { get; init; }

    /// <inheritdoc cref="ImageRequest.AspectRatio"/>
    public string? AspectRatio { get; init; }

    /// <inheritdoc cref="ImageRequest.Seed"/>
    public long? Seed { get; init; }

    /// <inheritdoc cref="ImageRequest.ProviderOptions"/>
    public IReadOnlyDictionary<string, JsonObject>? ProviderOptions { get; init; }
}
