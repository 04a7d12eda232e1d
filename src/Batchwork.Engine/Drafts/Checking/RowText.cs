using System.Globalization;
using System.Text.RegularExpressions;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Reads single values out of cells. Forgives what has only one meaning (<c>1.0</c>, <c>1024×768</c>, <c>16/9</c>) and nothing else.</summary>
internal static partial class RowText
{
    /// <summary>A whole number: <c>2</c>, <c> 2 </c>, <c>2.0</c>. Not <c>1,5</c>, <c>1e1</c>, <c>two</c> or digits of other scripts.</summary>
    /// <param name="text">The cell.</param>
    /// <returns>The number, or <see langword="null"/>.</returns>
    public static long? WholeNumber(string text) =>
        WholeNumberPattern().Match(text.Trim()) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A size as providers write it: <c>1024 × 768</c> → <c>1024x768</c>, <c>Auto</c> → <c>auto</c>.</summary>
    /// <param name="text">The cell.</param>
    /// <returns>The size; other text as it is, for the provider's rules to judge.</returns>
    public static string Size(string text)
    {
        var trimmed = text.Trim();
        return SizePattern().Match(trimmed) is { Success: true } match ? $"{match.Groups[1].Value}x{match.Groups[2].Value}" : ThousandsPattern().IsMatch(trimmed) ? trimmed.ToUpperInvariant()
            : trimmed.ToLowerInvariant();
    }

    /// <summary>A shape as providers write it: <c>16/9</c>, <c>16 : 9</c> → <c>16:9</c>.</summary>
    /// <param name="text">The cell.</param>
    /// <returns>The shape; other text as it is.</returns>
    public static string AspectRatio(string text)
    {
        var trimmed = text.Trim();
        return RatioPattern().Match(trimmed) is { Success: true } match ? $"{match.Groups[1].Value}:{match.Groups[2].Value}" : trimmed.ToLowerInvariant();
    }

    /// <summary>The size that a single number probably meant: <c>1024</c> → <c>1024x1024</c>.</summary>
    /// <param name="size">A size cell.</param>
    /// <returns>The square, or <see langword="null"/>.</returns>
    public static string? Square(string size) => EdgePattern().IsMatch(size) ? $"{size}x{size}" : null;

    /// <summary>Whether a size has the form of a size.</summary>
    /// <param name="size">A size.</param>
    /// <returns><see langword="true"/> for <c>1024x768</c> and words such as <c>auto</c> or <c>2K</c>.</returns>
    public static (int Width, int Height)? Pixels(string size) =>
        SizePattern().Match(size) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            ? (width, height)
            : null;

    [GeneratedRegex("^([0-9]{1,19})(?:\\.0*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex WholeNumberPattern();

    [GeneratedRegex("^([0-9]{1,6}) *[xX×*] *([0-9]{1,6})$", RegexOptions.NonBacktracking)]
    private static partial Regex SizePattern();

    /// <summary>Sizes in thousands, as Gemini spells them: 1K, 2K, 4K.</summary>
    [GeneratedRegex("^[0-9]{1,2}(?:\\.[0-9])?[kK]$", RegexOptions.NonBacktracking)]
    private static partial Regex ThousandsPattern();

    [GeneratedRegex("^([0-9]{1,4}) *[:/] *([0-9]{1,4})$", RegexOptions.NonBacktracking)]
    private static partial Regex RatioPattern();

    [GeneratedRegex("^[0-9]{2,5}$", RegexOptions.NonBacktracking)]
    private static partial Regex EdgePattern();
}
