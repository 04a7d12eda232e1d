using System.Text.Json.Nodes;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Names of options that stand in a group: <c>imageConfig.personGeneration</c> is <c>{"imageConfig": {"personGeneration": …}}</c> when it is sent.</summary>
public static class OptionPath
{
    private const char Mark = '.';

    /// <summary>The rules of the options that a person can fill in a field of their own: no groups, no lists, nothing inside a list.</summary>
    /// <param name="rules">The rules of a model.</param>
    /// <returns>The rules, in their order.</returns>
    public static IEnumerable<OptionRule> Fields(ModelRules? rules)
    {
        var options = rules?.Options ?? [];
        var groups = options.Where(o => o.Kind == OptionKind.Group).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        return options.Where(o => o.Kind != OptionKind.Group && (o.Values.Count > 0 || o.Kind != OptionKind.Any || o.Minimum is not null || o.Maximum is not null) && IsReached(o.Name, groups));
    }

    /// <summary>Sets an option in its group.</summary>
    /// <param name="options">All options.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="value">Its value.</param>
    internal static void Set(JsonObject options, string name, JsonNode value)
    {
        var mark = name.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0)
        {
            options[name] = value;
            return;
        }

        if (options[name[..mark]] is not JsonObject group)
        {
            options[name[..mark]] = group = [];
        }

        Set(group, name[(mark + 1)..], value);
    }

    /// <summary>All options one by one, those in groups by their long names.</summary>
    /// <param name="options">All options.</param>
    /// <returns>Names and values.</returns>
    internal static IEnumerable<(string Name, JsonNode? Value)> Flatten(JsonObject options) => options.SelectMany(o => o.Value is JsonObject { Count: > 0 } group
        ? Flatten(group).Select(inner => ($"{o.Key}{Mark}{inner.Name}", inner.Value))
        : [(o.Key, o.Value)]);

    /// <summary>What a request sends for an option.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The option's name.</param>
    /// <returns>The value with its origin, or <see langword="null"/> when it is not sent.</returns>
    public static EffectiveValue<JsonNode>? Find(EffectiveRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(name);
        var path = name.Split(Mark);
        if (!request.Options.TryGetValue(path[0], out var option))
        {
            return null;
        }

        var value = path.Skip(1).Aggregate(option.Value, (node, key) => (node as JsonObject)?[key]);
        return value is null ? null : new EffectiveValue<JsonNode>(value, option.Origin);
    }

    private static bool IsReached(string name, HashSet<string> groups)
    {
        var mark = name.LastIndexOf(Mark);
        return mark < 0 || groups.Contains(name[..mark]);
    }
}
