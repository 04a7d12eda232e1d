namespace Batchwork.Engine.Sheets.Reading;

/// <summary>How a file's text is laid out.</summary>
/// <param name="Format">What kind of sheet it is.</param>
/// <param name="Delimiter">What separates columns.</param>
/// <param name="HasSeparatorLine">Whether the first line is <c>sep=;</c> or the like.</param>
/// <param name="IsArray">Whether the JSON objects stand in one array.</param>
internal sealed record SheetLayout(SheetFormat Format, char Delimiter = ',', bool HasSeparatorLine = false, bool IsArray = false);
