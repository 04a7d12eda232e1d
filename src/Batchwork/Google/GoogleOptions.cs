using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;

namespace Batchwork.Google;

/// <summary>
/// A request's options under one name each, whichever way they were written: <c>imageConfig</c> with <c>imageSize</c> in it (Google), <c>imageSize</c> alone,
/// <c>imageConfig.imageSize</c> (a column of a sheet), <c>image_config</c> (Google's Python).
/// </summary>
internal sealed class GoogleOptions
{
    public const string ImageConfig = "imageConfig";
    public const string ThinkingConfig = "thinkingConfig";

    private static readonly FrozenSet<string> s_groups = new[] { ImageConfig, ThinkingConfig, "generationConfig" }.ToFrozenSet(StringComparer.Ordinal);

    // What belongs into a group and is often written without it.
    private static readonly FrozenDictionary<string, string> s_homes = new Dictionary<string, string>
    {
        ["imageSize"] = ImageConfig,
        ["aspectRatio"] = ImageConfig,
        ["personGeneration"] = ImageConfig,
        ["thinkingLevel"] = ThinkingConfig,
        ["thinkingBudget"] = ThinkingConfig,
        ["includeThoughts"] = ThinkingConfig,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What the client sends itself, and what a batch of pictures cannot do.
    private static readonly FrozenDictionary<string, string> s_reserved = new Dictionary<string, string>
    {
        ["model"] = "The batch names the model.",
        ["contents"] = "Use the request's prompt.",
        ["prompt"] = "Use the request's prompt.",
        ["seed"] = "Use the request's seed.",
        ["n"] = "Use the request's n.",
        ["candidateCount"] = "Use the request's n: Gemini makes one picture a request.",
        ["numberOfImages"] = "Use the request's n: Gemini makes one picture a request.",
        ["imageConfig.numberOfImages"] = "Use the request's n: Gemini makes one picture a request.",
        ["size"] = "Use the request's size.",
        ["stream"] = "A batch cannot stream.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly SortedDictionary<string, GoogleOption> _sent = new(StringComparer.Ordinal);
    private readonly List<(GoogleOption Option, string? Instead)> _dropped = [];

    /// <summary>Reads the options of a request.</summary>
    public GoogleOptions(IReadOnlyDictionary<string, EffectiveValue<JsonNode>> options)
    {
        foreach (var (name, value) in options)
        {
            Take(Camel(name), name, value);
        }
    }

    /// <summary>What goes out, by name.</summary>
    public IReadOnlyCollection<GoogleOption> Sent => _sent.Values;

    /// <summary>Whether <c>imageConfig</c> was written, if only as an empty object: it is sent then.</summary>
    public bool HasImageConfig { get; private set; }

    /// <summary>An option that goes out.</summary>
    public GoogleOption? Find(string name) => _sent.GetValueOrDefault(name);

    /// <summary>Tells which options do not go out, and why.</summary>
    public void CheckDropped(EffectiveRequest request, ProblemList problems)
    {
        foreach (var (option, instead) in _dropped)
        {
            var (code, message) = instead is not null
                ? ("option-reserved", $"The option '{option.WrittenAs}' is not sent. {instead}")
                : ("option-given-twice", $"'{option.WrittenAs}' and '{_sent[option.Name].WrittenAs}' are the same option. '{_sent[option.Name].WrittenAs}' is sent.");
            problems.Add(
                new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, $"providerOptions.{GoogleWire.Provider}.{option.WrittenAs}", message),
                option.Value.Origin);
        }
    }

    private void Take(string name, string writtenAs, EffectiveValue<JsonNode> value)
    {
        if (s_groups.Contains(name) && value.Value is JsonObject group)
        {
            HasImageConfig |= name == ImageConfig;
            foreach (var (key, child) in group)
            {
                if (child is not null)
                {
                    var inner = Camel(key);
                    Take(name == "generationConfig" ? inner : $"{name}.{inner}", $"{writtenAs}.{key}", new(child, value.Origin));
                }
            }

            return;
        }

        var option = new GoogleOption(s_homes.TryGetValue(name, out var home) ? $"{home}.{name}" : name, writtenAs, value);
        if (s_reserved.TryGetValue(option.Name, out var instead))
        {
            _dropped.Add((option, instead));
        }
        else if (!_sent.TryGetValue(option.Name, out var other))
        {
            _sent.Add(option.Name, option);
        }
        else
        {
            var wins = Wins(option, other);
            _sent[option.Name] = wins ? option : other;
            _dropped.Add((wins ? other : option, null));
        }
    }

    // The row beats the default, whatever the spelling; then Google's own place and spelling win.
    private static bool Wins(GoogleOption option, GoogleOption other) =>
        option.Value.Origin != other.Value.Origin ? option.Value.Origin == ValueOrigin.Row : option.WrittenAs == option.Name;

    // image_size → imageSize. Google's JSON takes both.
    private static string Camel(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var camel = new StringBuilder(name.Length);
        var raises = false;
        foreach (var letter in name)
        {
            if (letter == '_')
            {
                raises = camel.Length > 0;
                continue;
            }

            camel.Append(raises ? char.ToUpperInvariant(letter) : letter);
            raises = false;
        }

        return camel.ToString();
    }
}
