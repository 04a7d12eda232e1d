using System.Text.Json.Nodes;

namespace Batchwork;

/// <summary>An option as it goes out.</summary>
/// <param name="Name">Its name in <see cref="ImageRequest.ProviderOptions"/>.</param>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Value">Its value and origin.</param>
internal sealed record WireOption(string Name, string WireName, EffectiveValue<JsonNode> Value);
