using System.Text;
using System.Text.RegularExpressions;

namespace Batchwork;

/// <summary>Makes texts of others fit to be shown: without keys, control characters and escape sequences, and not longer than a screen.</summary>
internal static partial class ErrorText
{
    /// <summary>Longest text that is kept, in characters.</summary>
    public const int MaxLength = 2_000;

    private const int ShortestSecret = 6;

    /// <summary>Cleans a text. What stands in <paramref name="credentials"/> and is secret is blotted out: providers like to echo the key they refuse.</summary>
    public static string Clean(string text, BatchCredentials? credentials)
    {
        // Cut generously first: a provider's 5 MB error must not cost more than its beginning.
        if (text.Length > MaxLength * 4)
        {
            text = text[..(MaxLength * 4)];
        }

        foreach (var secret in Secrets(credentials))
        {
            text = text.Replace(secret, "[secret]", StringComparison.Ordinal);
        }

        // What stands behind the ? of an address may be its signature, which is as good as a key: https://host/a.png?sig=…
        text = QueryOfAddress().Replace(text, "$1?[left out]");

        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxLength - 2)
            {
                clean.Append('…');
                break;
            }

            // Line ends (U+0085 is one too) and tabs belong to a text; what else controls a terminal does not.
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t' or '\u0085')
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }

    private static IEnumerable<string> Secrets(BatchCredentials? credentials)
    {
        if (credentials?.ApiKey is { Length: >= ShortestSecret } key)
        {
            yield return key;
        }

        foreach (var value in credentials?.Headers?.Values ?? [])
        {
            // "Bearer abc…" is also a secret without its first word.
            var bare = value[(value.LastIndexOf(' ') + 1)..];
            if (bare.Length >= ShortestSecret)
            {
                yield return bare;
            }
        }
    }

    [GeneratedRegex("(https?://[^\\s\"'<>?#]+)[?#][^\\s\"'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex QueryOfAddress();
}
