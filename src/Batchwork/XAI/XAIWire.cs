using Batchwork.Http;

namespace Batchwork.XAI;

/// <summary>xAI's own words on the wire. Facts: xAI's REST reference and batch guide, August to November 2026.</summary>
internal static class XAIWire
{
    public const string Provider = "xai";
    public const string DisplayName = "xAI";

    /// <summary>The endpoint of each line. Always this, also with a gateway whose path is longer: it means xAI's own endpoint, not the way to it.</summary>
    public const string Endpoint = "/v1/images/generations";

    /// <summary>The name of a batch, and of its file without the ending, that was given no tag.</summary>
    public const string Untagged = "batchwork";

    public static readonly TimeSpan ShortestExpiry = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(30);

    /// <summary>A batch's id, as the caller gave it. A dot or a colon is never in it: behind a colon stands a verb (<c>/batches/{id}:cancel</c>).</summary>
    /// <exception cref="BatchValidationException">It cannot be an id.</exception>
    public static string BatchId(string id) =>
        id.AsSpan().ContainsAny('.', ':') ? throw new BatchValidationException($"'{ErrorText.Clean(id, null)}' is not the id of a batch.") : ProviderIds.Given(id, "batch");

    /// <summary>The name of an upload.</summary>
    public static string FileName(string? tag) => (tag ?? Untagged) + ".jsonl";
}
