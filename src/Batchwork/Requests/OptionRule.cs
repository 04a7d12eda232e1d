namespace Batchwork;

/// <summary>An option a model takes.</summary>
/// <param name="Name">Its name in <see cref="ImageRequest.ProviderOptions"/>.</param>
/// <param name="Values">The values it allows, the provider's default first; empty when any of its kind.</param>
/// <param name="Minimum">Smallest number it allows.</param>
/// <param name="Maximum">Largest number it allows.</param>
/// <param name="Kind">What kind of value it takes.</param>
public sealed record OptionRule(
    string Name,
    IReadOnlyList<string> Values,
    double? Minimum = null,
    double? Maximum = null,
    OptionKind Kind = OptionKind.Any);
