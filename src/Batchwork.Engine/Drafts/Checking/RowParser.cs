using System.Globalization;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Makes a row's cells into a request of the library, and says what in them cannot be read.</summary>
/// <param name="provider">The provider the request is for.</param>
/// <param name="rules">The rules of the model, if they are known.</param>
internal sealed class RowParser(string provider, ModelRules? rules)
{
    private const int MaxIdLength = 64;
    private const int UsualMaxN = 10;
    private readonly OptionParser _options = new(provider, rules);

    /// <summary>Most images of one prompt.</summary>
    public int MaxN { get; } = rules?.MaxN ?? UsualMaxN;

    /// <summary>Reads a row. A cell that cannot be read is a problem and counts as not set.</summary>
    /// <param name="cells">The row's cells.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The request.</returns>
    public ImageRequest Parse(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        foreach (var (field, text) in cells)
        {
            if (text.Contains(CellText.Unreadable, StringComparison.Ordinal))
            {
                problems.Error("unreadable-characters", field, null, $"{field} has characters that could not be read (�). Type them again, or save the file as UTF-8 and upload it again.");
            }
        }

        return new ImageRequest
        {
            CustomId = Id(cells, problems),
            Prompt = Prompt(cells, problems),
            N = N(cells, problems),
            Size = Cell(cells, SheetFields.Size) is { } size ? Size(size, problems) : null,
            AspectRatio = Cell(cells, SheetFields.AspectRatio) is { } ratio ? RowText.AspectRatio(ratio) : null,
            Seed = Seed(cells, problems),
            ProviderOptions = _options.Parse(cells, problems),
        };
    }

    private static string? Cell(IReadOnlyDictionary<string, string> cells, string field) =>
        cells.TryGetValue(field, out var text) && !CellText.IsBlank(text) ? text : null;

    private static string? Id(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        if (Cell(cells, SheetFields.CustomId)?.Trim() is not { } id)
        {
            return null;
        }

        if (id.Length > MaxIdLength)
        {
            problems.Error("id-too-long", SheetFields.CustomId, null, $"The id has {id.Length} characters; at most {MaxIdLength} are allowed. Shorten it.");
        }
        else if (id.AsSpan().IndexOfAny('\n', '\t') >= 0)
        {
            problems.Error("id-with-line-end", SheetFields.CustomId, id, "The id has a line end or a tab in it. An id is one line of text.");
        }

        return id;
    }

    private static string Prompt(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        if (Cell(cells, SheetFields.Prompt) is { } prompt)
        {
            return prompt;
        }

        problems.Error("prompt-empty", SheetFields.Prompt, null, "There is no prompt. Write one, or skip the row.");
        return "";
    }

    private int? N(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        if (Cell(cells, SheetFields.N) is not { } text)
        {
            return null;
        }

        if (RowText.WholeNumber(text) is { } n && n >= 1 && n <= MaxN)
        {
            return (int)n;
        }

        var range = MaxN == 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {MaxN}");
        problems.Error("n-not-read", SheetFields.N, text, $"n must be {range}, got '{CellText.Cut(text)}'.", Number(text));
        return null;
    }

    /// <summary>What a number in words or out of range most likely meant.</summary>
    private string? Number(string text)
    {
        string[] words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        var word = Array.IndexOf(words, text.Trim().ToLowerInvariant()) + 1;
        var meant = word > 0 ? word : RowText.WholeNumber(text) > MaxN ? MaxN : 0;
        return meant >= 1 && meant <= MaxN ? meant.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static string? Size(string text, RowProblems problems)
    {
        var size = RowText.Size(text);
        if (RowText.Square(size) is not { } square)
        {
            return size;
        }

        problems.Error("size-not-read", SheetFields.Size, text, $"'{size}' is not a size. Did you mean {square}?", square);
        return null;
    }

    private static long? Seed(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        if (Cell(cells, SheetFields.Seed) is not { } text)
        {
            return null;
        }

        if (RowText.WholeNumber(text) is { } seed)
        {
            return seed;
        }

        problems.Error("seed-not-read", SheetFields.Seed, text, $"seed must be a whole number from 0, got '{CellText.Cut(text)}'.");
        return null;
    }
}
