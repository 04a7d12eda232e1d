namespace Batchwork.Emulator.OpenAI;

/// <summary>What a batch of this provider can be made of.</summary>
internal static class OpenAIEndpoints
{
    public const string Generations = "/v1/images/generations";
    public const string Edits = "/v1/images/edits";

    /// <summary>What is played here.</summary>
    public static IReadOnlyList<string> Played { get; } = [Generations, Edits];

    /// <summary>What the API takes as well; not played here.</summary>
    public static IReadOnlyList<string> Others { get; } =
        ["/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/completions", "/v1/moderations", "/v1/videos"];
}
