namespace Batchwork.Engine.Auditing;

/// <summary>Makes sentences of texts that others wrote, so that ours can follow them.</summary>
internal static class Sentence
{
    /// <summary>Ends a text with a full stop, unless it has an end.</summary>
    public static string Of(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.Length == 0 || ".!?…".Contains(trimmed[^1], StringComparison.Ordinal) ? trimmed : trimmed + ".";
    }
}
