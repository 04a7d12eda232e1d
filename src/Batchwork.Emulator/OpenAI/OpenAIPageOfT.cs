using System.Text.Json.Nodes;

namespace Batchwork.Emulator.OpenAI;

/// <summary>One page of a list.</summary>
internal sealed record OpenAIPage<T>(IReadOnlyList<T> Entries, Func<T, string> IdOf, bool HasMore)
{
    public OpenAIAnswer Answer(IEnumerable<JsonObject> shown) => new(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. shown]),
        ["first_id"] = Entries.Count == 0 ? null : IdOf(Entries[0]),
        ["last_id"] = Entries.Count == 0 ? null : IdOf(Entries[^1]),
        ["has_more"] = HasMore,
    });
}
