using System.Text.RegularExpressions;

namespace Batchwork.Engine.Jobs;

/// <summary>Provider messages, seen as causes.</summary>
internal static partial class ProblemMessage
{
    /// <summary>
    /// Takes out what differs from row to row although the cause is the same. OpenAI ends each refusal with an id of its own ("…include the
    /// request ID req_0f3a….", https://platform.openai.com/docs/guides/error-codes), which would make every row a cause for itself.
    /// </summary>
    public static string? WithoutIds(string? message) => message is null ? null : Id().Replace(message, "…");

    // A prefixed id (req_…, batch_…), a long word of letters and digits, or a UUID. Sizes (1024x1024) and model names are short enough to stay.
    [GeneratedRegex("""\b[a-z]{2,8}_[0-9A-Za-z]{8,}\b|\b(?:[0-9A-Fa-f]{4,}-){2,}[0-9A-Fa-f]{4,}\b|\b[0-9A-Za-z]*[0-9][0-9A-Za-z]{15,}\b""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
