using System.Globalization;
using System.Text;

namespace Batchwork.Engine.Archives;

/// <summary>How downloaded pictures are called: text with <see cref="Tokens"/> in braces, without the file ending.</summary>
public sealed class NamePattern
{
    /// <summary>Sorts as the sheet does, names the row's id, and is different for each picture.</summary>
    public const string Standard = "{row}-{id}-{index}";

    private const int LongestPattern = 200;

    /// <summary>So much of a prompt is still a name.</summary>
    private const int PromptLength = 60;

    private readonly IReadOnlyList<Piece> _pieces;

    private NamePattern(string text, IReadOnlyList<Piece> pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>What can stand in braces.</summary>
    public static IReadOnlyList<string> Tokens { get; } = ["row", "id", "index", "job", "prompt", "size", "model"];

    public static NamePattern Default { get; } = Parse(Standard, out _)!;

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether names need the prompt, which is costly to read for each picture.</summary>
    public bool UsesPrompt => _pieces.Any(p => p is { IsToken: true, Text: "prompt" });

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern; <see langword="null"/> or blank for <see cref="Standard"/>.</param>
    /// <param name="problem">What is wrong with it, for people.</param>
    /// <returns>The pattern, or <see langword="null"/> when there is a problem.</returns>
    public static NamePattern? Parse(string? text, out string? problem)
    {
        text = string.IsNullOrWhiteSpace(text) ? Standard : text;
        if (text.Length > LongestPattern)
        {
            problem = $"A name pattern may have at most {LongestPattern} characters; this one has {text.Length}.";
            return null;
        }

        var pieces = new List<Piece>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var end = open < 0 ? text.Length : open;
            if (end > at)
            {
                pieces.Add(new Piece(text[at..end], IsToken: false));
            }

            at = end;
            if (open >= 0)
            {
                var close = text.IndexOf('}', open);
                var token = close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
                if (close < 0 || !Tokens.Contains(token, StringComparer.Ordinal))
                {
                    problem = $"“{{{token}” is not something a name can be made of. Use {string.Join(", ", Tokens.Select(t => $"{{{t}}}"))}.";
                    return null;
                }

                pieces.Add(new Piece(token, IsToken: true));
                at = close + 1;
            }
        }

        problem = null;
        return new NamePattern(text, pieces);
    }

    /// <summary>Makes the name of one picture. It is neither safe nor unique yet, see <see cref="FileNames"/> and <see cref="UniqueNames"/>.</summary>
    internal string Expand(in NameParts parts)
    {
        var name = new StringBuilder();
        foreach (var piece in _pieces)
        {
            name.Append(piece.IsToken ? ValueOf(piece.Text, parts) : piece.Text);
        }

        return name.ToString();
    }

    private static string ValueOf(string token, in NameParts parts) => token switch
    {
        // As many digits as the job's last row has, so that names sort as rows do.
        "row" => parts.Number.ToString(CultureInfo.InvariantCulture).PadLeft(parts.NumberDigits, '0'),
        "id" => parts.CustomId,
        // People count from one.
        "index" => (parts.Index + 1).ToString(CultureInfo.InvariantCulture),
        "job" => parts.Job,
        "prompt" => Beginning(parts.Prompt),
        "size" => string.Create(CultureInfo.InvariantCulture, $"{parts.Width}x{parts.Height}"),
        "model" => parts.Model,
        _ => throw new ArgumentOutOfRangeException(nameof(token), token, null),
    };

    private static string Beginning(string prompt) => prompt.Length <= PromptLength
        ? prompt
        : prompt[..(char.IsHighSurrogate(prompt[PromptLength - 1]) ? PromptLength - 1 : PromptLength)];

    private sealed record Piece(string Text, bool IsToken);
}
