using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Batchwork.OpenAI;

/// <summary>Turns a request's options into those that go out, always in the same order.</summary>
internal static class OpenAIOptions
{
    // Ours (as in the published library) and OpenAI's. Both may be written; ours wins where both stand at the same place.
    private static readonly (string Name, string WireName)[] s_known =
    [
        ("quality", "quality"),
        ("style", "style"),
        ("background", "background"),
        ("moderation", "moderation"),
        ("outputFormat", "output_format"),
        ("outputCompression", "output_compression"),
        ("user", "user"),
        ("safetyIdentifier", "safety_identifier"),
        ("complexity", "complexity"),
        ("frameCount", "frame_count"),
        ("frameDurationMs", "frame_duration_ms"),
    ];

    private static readonly FrozenDictionary<string, int> s_positions = Positions();

    // What the client sends itself, and what a batch cannot do.
    private static readonly FrozenDictionary<string, string> s_reserved = new Dictionary<string, string>
    {
        ["model"] = "The batch names the model.",
        ["prompt"] = "Use the request's prompt.",
        ["n"] = "Use the request's n.",
        ["size"] = "Use the request's size.",
        ["stream"] = "A batch cannot stream.",
        ["partial_images"] = "A batch cannot stream.",
        ["partialImages"] = "A batch cannot stream.",
        ["response_format"] = "Pictures always come as base64.",
        ["responseFormat"] = "Pictures always come as base64.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The options that go out: known ones in a fixed order, then others by name.</summary>
    public static IReadOnlyList<OpenAIOption> Resolve(IReadOnlyDictionary<string, EffectiveValue<JsonNode>> options)
    {
        if (options.Count == 0)
        {
            return [];
        }

        var known = new OpenAIOption?[s_known.Length];
        List<OpenAIOption>? others = null;
        foreach (var (name, value) in options)
        {
            if (s_positions.TryGetValue(name, out var position))
            {
                if (known[position] is not { } other || Wins(name, value, other, position))
                {
                    known[position] = new OpenAIOption(s_known[position].Name, s_known[position].WireName, value);
                }
            }
            else if (!s_reserved.ContainsKey(name))
            {
                (others ??= []).Add(new OpenAIOption(name, name, value));
            }
        }

        others?.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return [.. known.OfType<OpenAIOption>(), .. others ?? []];
    }

    /// <summary>Tells which options do not go out, and why.</summary>
    public static void CheckDropped(EffectiveRequest request, ProblemList problems)
    {
        foreach (var (name, value) in request.Options)
        {
            if (s_reserved.TryGetValue(name, out var instead))
            {
                Report("option-reserved", name, value.Origin, $"The option '{name}' is not sent. {instead}");
            }
            else if (s_positions.TryGetValue(name, out var position)
                && OtherSpelling(name, position) is { } twin
                && request.Options.TryGetValue(twin, out var other)
                && !Wins(name, value, twin, other, position))
            {
                Report("option-given-twice", name, value.Origin, $"'{name}' and '{twin}' are the same option. '{twin}' is sent.");
            }
        }

        void Report(string code, string name, ValueOrigin origin, string message) =>
            problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, $"providerOptions.{OpenAIWire.Provider}.{name}", message), origin);
    }

    private static bool Wins(string name, EffectiveValue<JsonNode> value, OpenAIOption other, int position) =>
        OtherSpelling(name, position) is { } twin && Wins(name, value, twin, other.Value, position);

    // The row beats the default, whatever the spelling.
    private static bool Wins(string name, EffectiveValue<JsonNode> value, string twin, EffectiveValue<JsonNode> other, int position) =>
        name != twin && (value.Origin != other.Origin ? value.Origin == ValueOrigin.Row : name == s_known[position].Name);

    private static string? OtherSpelling(string name, int position)
    {
        var (ours, theirs) = s_known[position];
        return ours == theirs ? null : name == ours ? theirs : ours;
    }

    private static FrozenDictionary<string, int> Positions()
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < s_known.Length; i++)
        {
            positions[s_known[i].Name] = i;
            positions[s_known[i].WireName] = i;
        }

        return positions.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
