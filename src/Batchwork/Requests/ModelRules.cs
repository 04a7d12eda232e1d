namespace Batchwork;

/// <summary>What a model takes, costs, and until when it lives: data with a source and a date, from the provider's <c>models.json</c>.</summary>
/// <remarks>Lists that are left out in JSON are empty: the generated deserialiser would make them null.</remarks>
public sealed record ModelRules
{
    /// <summary>The provider's name of the model.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether its batches make pictures; <see langword="null"/> when that is not known.</summary>
    public bool? Batch { get; init; }

    /// <summary>Last day on which the provider serves it.</summary>
    public DateOnly? ShutDownOn { get; init; }

    /// <summary>Sizes that are offered by name, the default first.</summary>
    public IReadOnlyList<string> Sizes { get; init => field = value ?? []; } = [];

    /// <summary>How other sizes are made, if the model takes any.</summary>
    public FreeSizeRule? FreeSize { get; init; }

    /// <summary>Shapes that are offered, the default first; empty when the model takes none.</summary>
    public IReadOnlyList<string> AspectRatios { get; init => field = value ?? []; } = [];

    /// <summary>Most pictures of one prompt.</summary>
    public int MaxN { get; init; } = 1;

    /// <summary>Longest prompt, in characters as the provider counts them.</summary>
    public int MaxPromptLength { get; init; }

    /// <summary>Whether it takes a seed.</summary>
    public bool TakesSeed { get; init; }

    /// <summary>Its options, by the names used in <see cref="ImageRequest.ProviderOptions"/>.</summary>
    public IReadOnlyList<OptionRule> Options { get; init => field = value ?? []; } = [];

    /// <summary>What one picture costs in a batch, by size and quality.</summary>
    public IReadOnlyList<ImagePrice> Prices { get; init => field = value ?? []; } = [];

    /// <summary>What its tokens cost in a batch, where it is charged by tokens.</summary>
    public TokenPrices? TokenPrices { get; init; }

    /// <summary>Where these rules come from.</summary>
    public required string Source { get; init; }

    /// <summary>When that was read.</summary>
    public required DateOnly AsOf { get; init; }
}
