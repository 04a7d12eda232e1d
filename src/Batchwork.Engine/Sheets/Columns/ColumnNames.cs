using System.Collections.Frozen;

namespace Batchwork.Engine.Sheets.Columns;

/// <summary>Which header means which field. Case, spaces, underscores and dashes make no difference.</summary>
internal static class ColumnNames
{
    private const string OptionPrefix = "option";

    private static readonly FrozenDictionary<string, string> s_fields = new Dictionary<string, string>
    {
        ["id"] = SheetFields.CustomId,
        ["customid"] = SheetFields.CustomId,
        ["requestid"] = SheetFields.CustomId,
        ["prompt"] = SheetFields.Prompt,
        ["prompts"] = SheetFields.Prompt,
        ["prompttext"] = SheetFields.Prompt,
        ["imageprompt"] = SheetFields.Prompt,
        ["text"] = SheetFields.Prompt,
        ["n"] = SheetFields.N,
        ["count"] = SheetFields.N,
        ["images"] = SheetFields.N,
        ["imagesperprompt"] = SheetFields.N,
        ["variants"] = SheetFields.N,
        ["variations"] = SheetFields.N,
        ["size"] = SheetFields.Size,
        ["imagesize"] = SheetFields.Size,
        ["dimensions"] = SheetFields.Size,
        ["aspectratio"] = SheetFields.AspectRatio,
        ["aspect"] = SheetFields.AspectRatio,
        ["ratio"] = SheetFields.AspectRatio,
        ["seed"] = SheetFields.Seed,
        ["quality"] = SheetFields.Quality,
        ["format"] = SheetFields.Format,
        ["outputformat"] = SheetFields.Format,
        ["imageformat"] = SheetFields.Format,
        ["options"] = SheetFields.Options,
        ["provideroptions"] = SheetFields.Options,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_prefixes = [OptionPrefix, "openai", "google", "gemini", "xai"];

    /// <summary>The field a header fills, or <see langword="null"/>.</summary>
    /// <param name="header">The header as it stands in the file.</param>
    /// <returns>A name of <see cref="SheetFields"/> or <c>option:name</c>.</returns>
    public static string? FieldOf(string header) =>
        s_fields.TryGetValue(Normalise(header), out var field) ? field : OptionOf(header.Trim());

    /// <summary>The well-known name that a mistyped header probably meant.</summary>
    /// <param name="header">A header that fills no field.</param>
    /// <returns>The name, or <see langword="null"/> when nothing is near.</returns>
    public static string? NearestTo(string header)
    {
        var name = Normalise(header);
        if (name.Length < 3)
        {
            return null;
        }

        var near = s_fields.Keys
            .Where(known => known.Length > 3)
            .Select(known => (Known: known, Distance: EditDistance.Between(name, known)))
            .Where(n => n.Distance <= (n.Known.Length <= 5 ? 1 : 2))
            .OrderBy(n => n.Distance).ThenBy(n => n.Known, StringComparer.Ordinal)
            .FirstOrDefault();
        return near.Known is null ? null : s_fields[near.Known];
    }

    /// <summary>The form in which headers are compared.</summary>
    /// <param name="header">A header.</param>
    /// <returns>Lower case, without spaces, underscores and dashes.</returns>
    public static string Normalise(string header) =>
        string.Concat(header.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-'))).ToLowerInvariant();

    /// <summary>Headers such as <c>option:background</c>, <c>openai.background</c> or <c>OpenAI: output_compression</c> fill one provider option.</summary>
    private static string? OptionOf(string header)
    {
        var mark = header.IndexOfAny([':', '.']);
        if (mark <= 0 || !s_prefixes.Contains(Normalise(header[..mark])))
        {
            return null;
        }

        var name = CamelCase(header[(mark + 1)..].Trim());
        return name.Length == 0 ? null : FieldOfOption(name);
    }

    /// <summary>The field of a provider option: quality and format have columns of their own.</summary>
    /// <param name="option">The option's name in camel case.</param>
    /// <returns>The field.</returns>
    public static string FieldOfOption(string option) => option switch
    {
        "quality" => SheetFields.Quality,
        "outputFormat" => SheetFields.Format,
        _ => $"{OptionPrefix}:{option}",
    };

    /// <summary>The name of an option as the library writes it: <c>output_compression</c> → <c>outputCompression</c>.</summary>
    /// <param name="name">The name in any form.</param>
    /// <returns>The name in camel case.</returns>
    public static string CamelCase(string name)
    {
        var words = name.Split(['_', '-', ' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, i) =>
            (i == 0 ? char.ToLowerInvariant(word[0]) : char.ToUpperInvariant(word[0])) + word[1..]));
    }
}
