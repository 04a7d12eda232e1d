using System.Text.Json;

namespace Batchwork.Tests.Recorded;

/// <summary>One recorded case; see <c>Vectors/INDEX.md</c>.</summary>
internal sealed class Vector
{
    private readonly JsonElement _json;

    public Vector(JsonElement json)
    {
        _json = json;
        Tags = [.. json.GetProperty("tags").EnumerateArray().Select(t => t.GetString()!)];
    }

    public string Name => _json.GetProperty("name").GetString()!;

    public string Category => _json.GetProperty("category").GetString()!;

    public string Group => _json.GetProperty("group").GetString()!;

    public string Verdict => _json.GetProperty("verdict").GetString()!;

    public IReadOnlyList<string> Tags { get; }

    public JsonElement Expected => _json.GetProperty("expected");

    public int NetworkCalls => Expected.GetProperty("networkCalls").GetInt32();

    public bool Fails => Expected.TryGetProperty("error", out _);

    /// <summary>Why a case cannot be run here; <see langword="null"/> when it can.</summary>
    public string? WhyNot =>
        Verdict == "untyped" ? "The input cannot be written down in a typed API."
        : Tags.Contains("default-base-url") ? "It was recorded with the provider's public address."
        : null;

    public JsonElement? Field(string name) =>
        _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public bool Has(string name) => _json.TryGetProperty(name, out _);

    public override string ToString() => Name;
}
