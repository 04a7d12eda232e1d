using System.Text.Json;
using System.Text.RegularExpressions;

namespace Batchwork;

/// <summary>The rules of a provider's models, and what follows from them for the provider as a whole.</summary>
internal sealed partial class ModelCatalog
{
    private readonly Dictionary<string, ModelRules> _byId;
    private readonly IReadOnlyList<string> _withoutImages;
    private readonly Dictionary<string, OptionRule> _options;

    private ModelCatalog(IReadOnlyList<ModelRules> models, IReadOnlyList<string> withoutImages)
    {
        Models = models;
        _withoutImages = withoutImages;
        _byId = models.ToDictionary(m => m.Id, StringComparer.Ordinal);
        _options = models.SelectMany(m => m.Options).GroupBy(o => o.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, Widest, StringComparer.Ordinal);
    }

    /// <summary>All models with rules.</summary>
    public IReadOnlyList<ModelRules> Models { get; }

    /// <summary>Reads a <c>models.json</c> that is embedded in this assembly.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <param name="overrides">Rules that replace those of the same model, or add to them.</param>
    public static ModelCatalog Load(string resource, IEnumerable<ModelRules> overrides)
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in this assembly.");
        var file = JsonSerializer.Deserialize(stream, ModelFileContext.Default.ModelFile)
            ?? throw new InvalidOperationException($"The resource {resource} is empty.");
        var models = file.Models.ToList();
        foreach (var rules in overrides)
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

        return new ModelCatalog(models, file.WithoutImages);
    }

    /// <summary>The rules of a model or, for a dated snapshot (<c>gpt-image-2-2026-04-21</c>), those of the model it is a snapshot of.</summary>
    public ModelRules? Find(string model) =>
        _byId.GetValueOrDefault(model) ?? _byId.GetValueOrDefault(SnapshotDate().Replace(model, ""));

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

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex SnapshotDate();
}
