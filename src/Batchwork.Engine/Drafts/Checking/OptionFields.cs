using Batchwork.Engine.Sheets;
using Batchwork.Engine.Sheets.Columns;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>
/// Which provider option a column or a setting fills. Quality and format are everyday words and have columns of their own; every other option is
/// reached as <c>option:name</c>. A provider that names them otherwise gets its line here.
/// </summary>
public static class OptionFields
{
    private const string Prefix = "option:";

    /// <summary>The provider option behind a field.</summary>
    /// <param name="field">A field of <see cref="SheetFields"/>.</param>
    /// <returns>The option's name, or <see langword="null"/> when the field is no option.</returns>
    public static string? OptionOf(string field) => field switch
    {
        SheetFields.Quality => "quality",
        SheetFields.Format => "outputFormat",
        _ when field.StartsWith(Prefix, StringComparison.Ordinal) => field[Prefix.Length..],
        _ => null,
    };

    /// <summary>The field that fills an option.</summary>
    /// <param name="option">The option's name.</param>
    /// <returns>The field.</returns>
    public static string FieldOf(string option) => ColumnNames.FieldOfOption(option);

    /// <summary>The field of a problem, in the sheet's words: the library says <c>providerOptions.openai.quality</c>, <c>aspectRatio</c>, <c>customId</c>.</summary>
    /// <param name="libraryField">The library's name.</param>
    /// <returns>The field.</returns>
    internal static string? FromLibrary(string? libraryField) => libraryField switch
    {
        null => null,
        "customId" => SheetFields.CustomId,
        "aspectRatio" => SheetFields.AspectRatio,
        _ when libraryField.StartsWith("providerOptions.", StringComparison.Ordinal) => libraryField.Split('.', 3) is [_, _, var option] ? FieldOf(option) : SheetFields.Options,
        _ => libraryField,
    };
}
