namespace Batchwork.Google;

/// <summary>Google's own words on the wire. Facts: Google's Gemini API reference, batches and files, November 2026.</summary>
internal static class GoogleWire
{
    public const string Provider = "google";
    public const string DisplayName = "Google Gemini";

    /// <summary>The display name of a batch without a tag, as the published library sends it. Google demands one.</summary>
    public const string UntaggedName = "batchwork";

    /// <summary>What stands for an upload when the requests go into the create call itself.</summary>
    public const string InlineInput = "inline";

    /// <summary>
    /// Most requests that go inline. Google answers an inline batch in one document with all its pictures: a hundred of them can be a gigabyte, and each
    /// poll after the end would bring it.
    /// </summary>
    public const int MostInlineRequests = 100;

    /// <summary>Most bytes that go inline. Google takes 20 MB, but the call that is paid for must be short, so that it seldom breaks.</summary>
    public const long MostInlineBytes = 1024 * 1024;

    /// <summary>Most pictures of one request, each of which is a request of its own at Google. A bound on slips, not a rule of Google's.</summary>
    public const int MostPictures = 1000;

    /// <summary>The header that carries the key.</summary>
    public const string KeyHeader = "x-goog-api-key";

    /// <summary>Where pictures stand: <c>candidates[].content.parts[].inlineData.data</c>.</summary>
    public static readonly IReadOnlyList<Streaming.ImageField> ImageFields = [new("data", "inlineData"), new("data", "inline_data")];

    /// <summary>The lists of an inline batch's results. Mostly the one stands in an object of the same name.</summary>
    public static readonly IReadOnlyList<string> ResultLists = ["inlinedResponses", "inlined_responses"];

    /// <summary>The model's name in a path: Google writes <c>models/gemini-…</c> in lists, and so do people.</summary>
    public static string Model(string model) => model.StartsWith("models/", StringComparison.Ordinal) ? model["models/".Length..] : model;
}
