namespace Batchwork.OpenAI;

/// <summary>OpenAI's own words on the wire. Facts: OpenAI's API reference, files and batches, November 2026.</summary>
internal static class OpenAIWire
{
    public const string Provider = "openai";
    public const string DisplayName = "OpenAI";

    /// <summary>The key under which a batch's tag is kept in its metadata.</summary>
    public const string TagKey = "bw_tag";

    /// <summary>
    /// The endpoint of each line and of the batch. Always this: with a gateway at <c>https://example.com/proxy/openai/v1</c> the path still means OpenAI's
    /// own endpoint, not the way to it.
    /// </summary>
    public const string Endpoint = "/v1/images/generations";

    /// <summary>The only window there is.</summary>
    public const string CompletionWindow = "24h";

    public const string UntaggedFileName = "batchwork.jsonl";

    public const int MaxMetadataPairs = 16;
    public const int MaxMetadataKey = 64;
    public const int MaxMetadataValue = 512;

    public static readonly TimeSpan ShortestExpiry = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(30);

    /// <summary>The name of an upload.</summary>
    public static string FileName(string? tag) => tag is null ? UntaggedFileName : tag + ".jsonl";

    /// <summary>Whether a model answers in base64 by itself and refuses to be told so. Others send URLs unless asked.</summary>
    public static bool AlwaysSendsBase64(string model) =>
        model.StartsWith("gpt-image-", StringComparison.Ordinal) || model.StartsWith("chatgpt-image-", StringComparison.Ordinal);
}
