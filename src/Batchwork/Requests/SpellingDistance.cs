namespace Batchwork;

/// <summary>Whether one word looks like a slip of the pen for another.</summary>
internal static class SpellingDistance
{
    private const int MaxLength = 64;

    /// <summary>At most two letters differ, and fewer than half of them.</summary>
    public static bool IsNear(string word, string other)
    {
        if (word.Length > MaxLength || other.Length > MaxLength)
        {
            return false;
        }

        var most = Math.Min(2, word.Length / 2);
        return Math.Abs(word.Length - other.Length) <= most && Edits(word, other) <= most;
    }

    private static int Edits(string from, string to)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
