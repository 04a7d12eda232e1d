using System.Text.Encodings.Web;
using System.Text.Json;

namespace Batchwork.Emulator.OpenAI;

/// <summary>How this API writes JSON: snake case, and null where there is nothing.</summary>
internal static class OpenAIJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
