using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>Turns a request's options into those that go out, always in the same order.</summary>
internal sealed class WireOptions
{
    private readonly string _provider;
    private readonly (string Name, string WireName)[] _known;
    private readonly FrozenDictionary<string, int> _positions;
    private readonly FrozenDictionary<string, string> _reserved;

    /// <summary>Makes the table of a provider.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="known">Our name of each option and the provider's, in the order in which they go out. Both may be written; ours wins where both stand at the same place.</param>
    /// <param name="reserved">What does not go out (the client sends it itself, or a batch cannot do it), and what to do instead.</param>
    public WireOptions(string provider, IReadOnlyList<(string Name, string WireName)> known, IReadOnlyDictionary<string, string> reserved)
    {
        _provider = provider;
        _known = [.. known];
        _reserved = reserved.ToFrozenDictionary(StringComparer.Ordinal);
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _known.Length; i++)
        {
            positions[_known[i].Name] = i;
            positions[_known[i].WireName] = i;
        }

        _positions = positions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The options that go out: known ones in a fixed order, then others by name.</summary>
    public IReadOnlyList<WireOption> Resolve(IReadOnlyDictionary<string, EffectiveValue<JsonNode>> options)
    {
        if (options.Count == 0)
        {
            return [];
        }

        var known = new WireOption?[_known.Length];
        List<WireOption>? others = null;
        foreach (var (name, value) in options)
        {
            if (_positions.TryGetValue(name, out var position))
            {
                if (known[position] is not { } other || Wins(name, value, other, position))
                {
                    known[position] = new WireOption(_known[position].Name, _known[position].WireName, value);
                }
            }
            else if (!_reserved.ContainsKey(name))
            {
                (others ??= []).Add(new WireOption(name, name, value));
            }
        }

        others?.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return [.. known.OfType<WireOption>(), .. others ?? []];
    }

    /// <summary>Tells which options do not go out, and why.</summary>
    public void CheckDropped(EffectiveRequest request, ProblemList problems)
    {
        foreach (var (name, value) in request.Options)
        {
            if (_reserved.TryGetValue(name, out var instead))
            {
                Report("option-reserved", name, value.Origin, $"The option '{name}' is not sent. {instead}");
            }
            else if (_positions.TryGetValue(name, out var position)
                && OtherSpelling(name, position) is { } twin
                && request.Options.TryGetValue(twin, out var other)
                && !Wins(name, value, twin, other, position))
            {
                Report("option-given-twice", name, value.Origin, $"'{name}' and '{twin}' are the same option. '{twin}' is sent.");
            }
        }

        void Report(string code, string name, ValueOrigin origin, string message) =>
            problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, $"providerOptions.{_provider}.{name}", message), origin);
    }

    private bool Wins(string name, EffectiveValue<JsonNode> value, WireOption other, int position) =>
        OtherSpelling(name, position) is { } twin && Wins(name, value, twin, other.Value, position);

    // The row beats the default, whatever the spelling.
    private bool Wins(string name, EffectiveValue<JsonNode> value, string twin, EffectiveValue<JsonNode> other, int position) =>
        name != twin && (value.Origin != other.Origin ? value.Origin == ValueOrigin.Row : name == _known[position].Name);

    private string? OtherSpelling(string name, int position)
    {
        var (ours, theirs) = _known[position];
        return ours == theirs ? null : name == ours ? theirs : ours;
    }
}
