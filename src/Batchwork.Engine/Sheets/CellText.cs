using System.Text;

namespace Batchwork.Engine.Sheets;

/// <summary>What happens to text on its way into a row. Everything that a person can see stays exactly as it is.</summary>
internal static class CellText
{
    /// <summary>Stands for what could not be read: broken bytes, lone surrogates, NUL. It is shown and never sent.</summary>
    public const char Unreadable = '\uFFFD';

    /// <summary>Removes control characters and makes every line end a line feed. NUL becomes <see cref="Unreadable"/>: no database but SQLite can hold it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="changed">Whether characters that were not line ends were taken out.</param>
    /// <returns>The clean text; the same instance when nothing had to change.</returns>
    public static string Clean(string text, out bool changed)
    {
        changed = false;
        var i = 0;
        while (i < text.Length && IsPlain(text[i]))
        {
            i++;
        }

        if (i == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, i, text.Length);
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c) || c == '\0')
            {
                clean.Append(Unreadable);
            }
            else if (c is '\r' or '\u2028' or '\u2029' or '\u0085')
            {
                clean.Append('\n');
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else if (char.IsControl(c) && c is not ('\n' or '\t'))
            {
                changed = true;
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    /// <summary>The text with every line end made a space: for headers and names.</summary>
    /// <param name="text">The text.</param>
    /// <returns>One clean line.</returns>
    public static string OneLine(string text) => Clean(text, out _).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>Whether nothing of a text can be seen: spaces, and characters of no width.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> when it is blank.</returns>
    public static bool IsBlank(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && c is not ('\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The beginning of a text, for problems and messages.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Most characters.</param>
    /// <returns>The text, or its beginning and an ellipsis.</returns>
    public static string Cut(string text, int length = 80)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + '…';
    }

    private static bool IsPlain(char c) => (!char.IsControl(c) || c is '\n' or '\t') && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029');
}
