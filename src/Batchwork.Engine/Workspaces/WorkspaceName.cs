using System.Globalization;
using System.Text;

namespace Batchwork.Engine.Workspaces;

/// <summary>Names of workspaces, and the addresses that are made of them.</summary>
public static class WorkspaceName
{
    public const int MaxLength = 60;

    private const int LongestSlug = 40;

    /// <summary>Makes a name fit to be shown: one line, without what cannot be seen.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name; <see langword="null"/> when nothing is left or it is too long.</returns>
    public static string? Clean(string? name)
    {
        var seen = string.Concat((name ?? string.Empty).EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)).Select(r => r.ToString()));
        var clean = string.Join(' ', seen.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return clean.Length is 0 or > MaxLength ? null : clean;
    }

    /// <summary>"Fjällräven: Spring" → <c>fjallraven-spring</c>.</summary>
    internal static string ToSlug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        text = text.Length > LongestSlug ? text[..LongestSlug].Trim('-') : text;
        return text.Length == 0 ? "workspace" : text;
    }
}
