using System.Text.Json.Nodes;

namespace Batchwork.Google;

/// <summary>An option as it goes out.</summary>
/// <param name="Name">Its name with its group, for example <c>imageConfig.imageSize</c>.</param>
/// <param name="WrittenAs">Its name as the author wrote it.</param>
/// <param name="Value">Its value and origin.</param>
internal sealed record GoogleOption(string Name, string WrittenAs, EffectiveValue<JsonNode> Value);
