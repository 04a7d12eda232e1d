using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>
/// One request as it will be sent: effective value = row ?? batch default ?? what the client always sends ?? not sent.
/// The only place where requests and defaults are merged; previews, estimates and submissions all use it, so that what is shown is what is sent.
/// </summary>
public sealed record EffectiveRequest
{
    private static readonly IReadOnlyDictionary<string, EffectiveValue<JsonNode>> s_noOptions = new Dictionary<string, EffectiveValue<JsonNode>>();

    private EffectiveRequest()
    {
    }

    /// <summary>Position in the batch, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The id under which the result comes back.</summary>
    public required string CustomId { get; init; }

    /// <inheritdoc cref="ImageRequest.Prompt"/>
    public required string Prompt { get; init; }

    /// <summary>How many pictures are asked for. Always sent; 1 from the client when nobody set it.</summary>
    public required EffectiveValue<int> N { get; init; }

    /// <inheritdoc cref="ImageRequest.Size"/>
    public required EffectiveValue<string> Size { get; init; }

    /// <inheritdoc cref="ImageRequest.AspectRatio"/>
    public required EffectiveValue<string> AspectRatio { get; init; }

    /// <inheritdoc cref="ImageRequest.Seed"/>
    public required EffectiveValue<long> Seed { get; init; }

    /// <summary>The options of the batch's provider, each with its origin. Options of other providers are not here, nor are options whose value is <see langword="null"/>.</summary>
    public required IReadOnlyDictionary<string, EffectiveValue<JsonNode>> Options { get; init; }

    /// <summary>Merges one request with its batch's defaults.</summary>
    /// <param name="request">The request; its values win.</param>
    /// <param name="index">Its position in the whole batch, from 0.</param>
    /// <param name="defaults">The batch's defaults, if it has any.</param>
    /// <param name="provider">The provider whose options count, for example <c>openai</c>.</param>
    /// <returns>The request as it will be sent. A request without an id is called <c>request-&lt;index&gt;</c>; <see cref="MergeAll(IReadOnlyList{ImageRequest}, ImageDefaults?, string)"/> also avoids ids that others were given.</returns>
    public static EffectiveRequest Merge(ImageRequest request, int index, ImageDefaults? defaults, string provider)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        var id = string.IsNullOrEmpty(request.CustomId) ? RequestIds.Automatic(index) : request.CustomId;
        return Merge(request, index, id, defaults, provider, MergeOptions(null, Of(defaults?.ProviderOptions, provider)));
    }

    /// <summary>Merges all requests of a batch, one at a time, with ids that are unique unless two requests were given the same.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="defaults">The batch's defaults, if it has any.</param>
    /// <param name="provider">The provider whose options count, for example <c>openai</c>.</param>
    /// <returns>The requests as they will be sent, in the same order.</returns>
    public static IEnumerable<EffectiveRequest> MergeAll(IReadOnlyList<ImageRequest> requests, ImageDefaults? defaults, string provider)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        return MergeAll(requests, RequestIds.Assign(requests).Ids, defaults, provider);
    }

    internal static IEnumerable<EffectiveRequest> MergeAll(
        IReadOnlyList<ImageRequest> requests,
        IReadOnlyList<string> ids,
        ImageDefaults? defaults,
        string provider)
    {
        // Requests without options of their own share one dictionary, so that 50,000 rows with defaults cost no 50,000 dictionaries.
        var defaultOptions = MergeOptions(null, Of(defaults?.ProviderOptions, provider));
        for (var index = 0; index < requests.Count; index++)
        {
            yield return Merge(requests[index], index, ids[index], defaults, provider, defaultOptions);
        }
    }

    private static EffectiveRequest Merge(
        ImageRequest request,
        int index,
        string customId,
        ImageDefaults? defaults,
        string provider,
        IReadOnlyDictionary<string, EffectiveValue<JsonNode>> defaultOptions)
    {
        var own = Of(request.ProviderOptions, provider);
        return new EffectiveRequest
        {
            Index = index,
            CustomId = customId,
            Prompt = request.Prompt,
            N = request.N is { } n ? new(n, ValueOrigin.Row)
                : defaults?.N is { } defaultN ? new(defaultN, ValueOrigin.Default)
                : new(1, ValueOrigin.Client),
            Size = Pick(request.Size, defaults?.Size),
            AspectRatio = Pick(request.AspectRatio, defaults?.AspectRatio),
            Seed = request.Seed is { } seed ? new(seed, ValueOrigin.Row)
                : defaults?.Seed is { } defaultSeed ? new(defaultSeed, ValueOrigin.Default)
                : new(default, ValueOrigin.Provider),
            Options = own is null || own.Count == 0 ? defaultOptions : MergeOptions(own, Of(defaults?.ProviderOptions, provider)),
        };
    }

    private static EffectiveValue<string> Pick(string? row, string? byDefault) =>
        !string.IsNullOrEmpty(row) ? new(row, ValueOrigin.Row)
        : !string.IsNullOrEmpty(byDefault) ? new(byDefault, ValueOrigin.Default)
        : new(null, ValueOrigin.Provider);

    private static JsonObject? Of(IReadOnlyDictionary<string, JsonObject>? options, string provider) =>
        options is not null && options.TryGetValue(provider, out var own) ? own : null;

    private static IReadOnlyDictionary<string, EffectiveValue<JsonNode>> MergeOptions(JsonObject? row, JsonObject? defaults)
    {
        if ((row is null || row.Count == 0) && (defaults is null || defaults.Count == 0))
        {
            return s_noOptions;
        }

        var merged = new Dictionary<string, EffectiveValue<JsonNode>>(StringComparer.Ordinal);
        Take(defaults, ValueOrigin.Default, merged);
        Take(row, ValueOrigin.Row, merged);
        return merged;
    }

    private static void Take(JsonObject? options, ValueOrigin origin, Dictionary<string, EffectiveValue<JsonNode>> merged)
    {
        foreach (var (key, value) in options ?? [])
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = new(merged.TryGetValue(key, out var other) ? Together(other.Value, value) : value, origin);
            }
        }
    }

    // A group of options (Google's imageConfig) is merged like the options themselves: a row that sets the shape keeps the default's size.
    private static JsonNode Together(JsonNode? byDefault, JsonNode row)
    {
        if (byDefault is not JsonObject defaults || row is not JsonObject own)
        {
            return row;
        }

        var both = defaults.DeepClone().AsObject();
        foreach (var (key, value) in own)
        {
            if (value is null)
            {
                both.Remove(key);
            }
            else
            {
                both[key] = Together(both[key], value).DeepClone();
            }
        }

        return both;
    }
}
