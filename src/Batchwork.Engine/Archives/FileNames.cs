using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Batchwork.Engine.Archives;

/// <summary>Names that every system takes as a file's name and nobody takes for a path, whatever people and sheets put into them.</summary>
public static class FileNames
{
    /// <summary>Most file systems count bytes, and stop here.</summary>
    internal const int LongestName = 255;

    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>Names that Windows keeps for devices, with any ending: <c>CON.csv</c> is the console.</summary>
    private static readonly FrozenSet<string> s_devices = new[]
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³",
    }.Concat(Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a safe name.</summary>
    /// <param name="stem">What it should be called.</param>
    /// <param name="extension">Its ending with the dot.</param>
    /// <param name="suffix">Stands between the two and is never cut.</param>
    /// <returns>A name of at most 255 bytes.</returns>
    public static string Safe(string stem, string extension, string suffix = "")
    {
        ArgumentNullException.ThrowIfNull(stem);
        var clean = Clean(stem);
        var room = LongestName - Encoding.UTF8.GetByteCount(suffix) - Encoding.UTF8.GetByteCount(extension);
        var name = Cut(clean, room).TrimEnd(' ', '.');
        if (name.Length == 0)
        {
            name = "_";
        }

        // A leading dash would be read as an option by command line tools, a leading dot hides the file.
        if (name[0] is '-' or '.' || s_devices.Contains(name.Split('.')[0].TrimEnd()))
        {
            name = Cut("_" + name, room).TrimEnd(' ', '.');
        }

        return name + suffix + extension;
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate arrives here as the replacement character.
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (category is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                // Left out: among them are the marks that turn the reading direction and make exe.png out of gnp.exe.
            }
            else
            {
                clean.Append(rune == Rune.ReplacementChar || (rune.IsBmp && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal)) ? "_" : rune.ToString());
            }
        }

        // The same name is the same bytes, whether it was typed on a Mac or elsewhere.
        return clean.ToString().Trim(' ').Normalize(NormalizationForm.FormC);
    }

    private static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        var length = 0;
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
