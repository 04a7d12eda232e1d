using System.Text.Json;
using System.Text.Json.Serialization;

namespace Batchwork.Benchmarks;

/// <summary>A measured figure beside the machine's own limit, measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Limit">The same for the plain work without us; <see langword="null"/> where there is no such thing.</param>
/// <param name="Ratio">How near we come to the limit: 1 is as fast as the plain work.</param>
/// <param name="PeakMiB">Memory this process grew by at its peak.</param>
public sealed record Figure(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("figure")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("limit")] double? Limit,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("peakMiB")] double? PeakMiB)
{
    /// <summary>One line for people and scripts.</summary>
    public string ToJson() => JsonSerializer.Serialize(this with
    {
        Value = Math.Round(Value, 2),
        Limit = Limit is { } limit ? Math.Round(limit, 2) : null,
        Ratio = Ratio is { } ratio ? Math.Round(ratio, 2) : null,
        PeakMiB = PeakMiB is { } peak ? Math.Round(peak, 1) : null,
    });
}
