namespace Batchwork;

/// <summary>Looks for halves of surrogate pairs.</summary>
internal static class UnicodeText
{
    /// <summary>The position of the first surrogate without its other half.</summary>
    public static int? FirstFault(string text)
    {
        var from = 0;
        while (from < text.Length)
        {
            var next = text.AsSpan(from).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0)
            {
                return null;
            }

            var at = from + next;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return at;
            }

            from = at + 2;
        }

        return null;
    }
}
