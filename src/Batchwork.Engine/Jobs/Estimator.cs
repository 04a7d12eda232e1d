using System.Text.Json;
using Batchwork.Adapters;

namespace Batchwork.Engine.Jobs;

/// <summary>Adds up what rows will be sent as and cost. A price that is not known stays unknown, never zero.</summary>
/// <param name="rules">The rules of the model, if they are known.</param>
/// <param name="capabilities">The provider's bounds, if a provider is chosen.</param>
/// <param name="isDemo">Whether nothing is charged.</param>
internal sealed class Estimator(ModelRules? rules, AdapterCapabilities? capabilities, bool isDemo)
{
    private const string QualityOption = "quality";

    // xAI's word for the size: prices name its values ("1k", "2k") as sizes.
    private const string ResolutionOption = "resolution";
    private readonly PartPlanner _planner = new(capabilities);
    private readonly Dictionary<(string? Size, string? Quality), long> _images = [];
    private int _requests;

    /// <summary>Counts a row.</summary>
    /// <param name="request">The row as it would be sent.</param>
    public void Add(EffectiveRequest request)
    {
        _requests++;
        _planner.Add(RequestSize.AtMost(request));
        var key = (SizeOf(request), QualityOf(request));
        _images[key] = _images.GetValueOrDefault(key) + request.N.Value;
    }

    /// <summary>The sum so far.</summary>
    /// <returns>The estimate.</returns>
    public JobEstimate ToEstimate() => new()
    {
        Requests = _requests,
        Images = _images.Values.Sum(),
        Parts = _planner.Parts,
        Lines = isDemo
            ? [new PriceLine("demo", _images.Values.Sum(), 0, "The demo costs nothing", null)]
            : [.. _images.OrderByDescending(g => g.Value).Select(g => Line(g.Key.Size, g.Key.Quality, g.Value))],
    };

    /// <summary>What one row is expected to cost.</summary>
    /// <param name="request">The row as it would be sent.</param>
    /// <returns>Millionths of a US dollar; <see langword="null"/> when no price is known.</returns>
    public long? CostOf(EffectiveRequest request) => isDemo ? 0 : PriceOf(SizeOf(request), QualityOf(request))?.MicroUsd * request.N.Value;

    private ImagePrice? PriceOf(string? size, string? quality) => rules?.Prices
        .Where(p => (p.Size is null || p.Size == size) && (p.Quality is null || p.Quality == quality))
        .OrderByDescending(p => (p.Size is null ? 0 : 1) + (p.Quality is null ? 0 : 1))
        .FirstOrDefault();

    private PriceLine Line(string? size, string? quality, long images)
    {
        var what = string.Join(", ", new[] { size, quality }.Where(v => v is not null));
        var price = PriceOf(size, quality);
        return new PriceLine(what.Length == 0 ? "provider's default" : what, images, price?.MicroUsd, price?.Source, price?.AsOf);
    }

    /// <summary>What is not sent is the provider's choice: the first of the values in its rules.</summary>
    private string? SizeOf(EffectiveRequest request) =>
        OptionOf(request, ResolutionOption) ?? request.Size.Value ?? (rules is { Sizes: [var first, ..] } ? first : null);

    private string? QualityOf(EffectiveRequest request) => OptionOf(request, QualityOption);

    private string? OptionOf(EffectiveRequest request, string name) =>
        request.Options.TryGetValue(name, out var option) && option.Value is { } value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : rules?.Options.FirstOrDefault(o => o.Name == name) is { Values: [var first, ..] } ? first : null;
}
