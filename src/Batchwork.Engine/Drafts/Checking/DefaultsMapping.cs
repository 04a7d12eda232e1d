using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Between the settings a person sees and the library's defaults.</summary>
internal static class DefaultsMapping
{
    /// <summary>The settings as defaults. What the chosen model does not take is left out: its field is closed, so nobody could take it back.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="provider">The provider's id.</param>
    /// <param name="rules">The rules of the model; <see langword="null"/> when they are not known, then everything is kept.</param>
    /// <returns>The defaults.</returns>
    public static ImageDefaults ToDefaults(DraftSettings settings, string provider, ModelRules? rules)
    {
        var options = new JsonObject();
        foreach (var (name, text) in settings.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (rules is null || rules.Options.Any(o => o.Name == name))
            {
                OptionPath.Set(options, name, OptionParser.Value(text, name, rules));
            }
        }

        return new ImageDefaults
        {
            N = settings.N,
            Size = TakesSize(rules) && settings.Size is not null ? RowText.Size(settings.Size) : null,
            AspectRatio = TakesAspectRatio(rules) && settings.AspectRatio is not null ? RowText.AspectRatio(settings.AspectRatio) : null,
            Seed = TakesSeed(rules) ? settings.Seed : null,
            ProviderOptions = options.Count == 0 ? null : new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [provider] = options },
        };
    }

    /// <summary>The settings of a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="provider">The provider's id.</param>
    /// <returns>The settings.</returns>
    public static DraftSettings ToSettings(Draft draft, string provider)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (draft.Defaults.ProviderOptions?.GetValueOrDefault(provider) is { } stored)
        {
            foreach (var (name, value) in OptionPath.Flatten(stored))
            {
                options[name] = value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : value?.ToJsonString() ?? "";
            }
        }

        return new DraftSettings
        {
            Name = draft.Name,
            ConnectionId = draft.ConnectionId,
            Model = draft.Model,
            N = draft.Defaults.N,
            Size = draft.Defaults.Size,
            AspectRatio = draft.Defaults.AspectRatio,
            Seed = draft.Defaults.Seed,
            Options = options,
        };
    }

    /// <summary>Whether a model takes pixel sizes.</summary>
    /// <param name="rules">Its rules, if they are known.</param>
    /// <returns>Whether it does, or might.</returns>
    public static bool TakesSize(ModelRules? rules) => rules is null || rules.Sizes.Count > 0 || rules.FreeSize is not null;

    /// <summary>Whether a model takes shapes.</summary>
    /// <param name="rules">Its rules, if they are known.</param>
    /// <returns>Whether it does, or might.</returns>
    public static bool TakesAspectRatio(ModelRules? rules) => rules is null || rules.AspectRatios.Count > 0;

    /// <summary>Whether a model takes a seed.</summary>
    /// <param name="rules">Its rules, if they are known.</param>
    /// <returns>Whether it does, or might.</returns>
    public static bool TakesSeed(ModelRules? rules) => rules is null || rules.TakesSeed;
}
