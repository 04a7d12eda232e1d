using System.Text.Json;
using System.Text.RegularExpressions;
using Batchwork.Adapters;

namespace Batchwork;

/// <summary>The rules of a provider's models, and what follows from them for the provider as a whole.</summary>
internal sealed partial class ModelCatalog
{
    private readonly IReadOnlyList<string> _withoutImages;
    private readonly Dictionary<string, OptionRule> _options;
    private volatile State _state;

    private ModelCatalog(IReadOnlyList<ModelRules> models, IReadOnlyList<string> withoutImages, bool allowsUnknown)
    {
        _withoutImages = withoutImages;
        _state = new State(models, models.ToDictionary(m => m.Id, StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        _options = models.SelectMany(m => m.Options).GroupBy(o => o.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, Widest, StringComparer.Ordinal);
        AllowsUnknown = allowsUnknown;
    }

    /// <summary>All models with rules.</summary>
    public IReadOnlyList<ModelRules> Models => _state.Models;

    /// <summary>Whether a model without rules is sent.</summary>
    public bool AllowsUnknown { get; }

    /// <summary>Reads a provider's <c>models.json</c>, which is embedded in this assembly.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="folder">Its folder here.</param>
    /// <param name="options">Rules that replace those of the same model, or add to them; and whether other models are sent.</param>
    public static ModelCatalog Load(string provider, string folder, BatchworkOptions options)
    {
        var resource = $"Batchwork.{folder}.models.json";
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in this assembly.");
        var file = JsonSerializer.Deserialize(stream, ModelFileContext.Default.ModelFile)
            ?? throw new InvalidOperationException($"The resource {resource} is empty.");
        var models = file.Models.ToList();
        foreach (var rules in options.ModelRules.TryGetValue(provider, out var overrides) ? overrides : [])
        {
            var index = models.FindIndex(m => m.Id == rules.Id);
            if (index < 0)
            {
                models.Add(rules);
            }
            else
            {
                models[index] = rules;
            }
        }

        return new ModelCatalog(models, file.WithoutImages, options.AllowUnknownModels);
    }

    /// <summary>
    /// Learns from the provider's own list: when a model ends, whether it works in batches, and which models there are beside those with rules. Sizes, options
    /// and prices stand in no provider's list. Only the public list counts, not a gateway's.
    /// </summary>
    public void Learn(IReadOnlyList<AvailableModel> listed, BatchCredentials credentials)
    {
        if (credentials.BaseUrl is not null || credentials.Transport is not null)
        {
            return;
        }

        var known = listed.DistinctBy(m => m.Id, StringComparer.Ordinal).ToDictionary(m => m.Id, StringComparer.Ordinal);
        List<ModelRules> models =
        [
            .. Models.Select(rules => known.TryGetValue(rules.Id, out var now)
                ? rules with { ShutDownOn = now.ShutDownOn ?? rules.ShutDownOn, Batch = now.Batch ?? rules.Batch }
                : rules),
        ];
        _state = new State(models, models.ToDictionary(m => m.Id, StringComparer.Ordinal), known.Keys.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether the provider has listed a model.</summary>
    public bool IsListed(string model) => _state.Listed.Contains(model);

    /// <summary>The rules of a model or, for a dated snapshot (<c>gpt-image-2-2026-04-21</c>), those of the model it is a snapshot of.</summary>
    public ModelRules? Find(string model) =>
        _state.ById.GetValueOrDefault(model) ?? _state.ById.GetValueOrDefault(SnapshotDate().Replace(model, ""));

    /// <summary>Whether a model is known to make no pictures.</summary>
    public bool MakesNoImages(string model) =>
        Find(model) is null
        && !model.Contains("image", StringComparison.OrdinalIgnoreCase)
        && _withoutImages.Any(prefix => model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>What any of the provider's models allows for an option; <see langword="null"/> when none knows it.</summary>
    public OptionRule? Option(string name) => _options.GetValueOrDefault(name);

    private static OptionRule Widest(IGrouping<string, OptionRule> rules) => new(
        rules.Key,
        [.. rules.SelectMany(r => r.Values).Distinct(StringComparer.Ordinal)],
        rules.Any(r => r.Minimum is null) ? null : rules.Min(r => r.Minimum),
        rules.Any(r => r.Maximum is null) ? null : rules.Max(r => r.Maximum),
        rules.First().Kind);

    /// <summary>What is known at a moment.</summary>
    private sealed record State(IReadOnlyList<ModelRules> Models, Dictionary<string, ModelRules> ById, HashSet<string> Listed);

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex SnapshotDate();
}
