namespace Batchwork.Engine.Sheets.Reading;

/// <summary>One row as read from a file, before it is stored.</summary>
/// <param name="Number">Its number as the person's own program shows it.</param>
/// <param name="Cells">Field → text; blank cells are absent.</param>
/// <param name="Extra">Columns that fill no field.</param>
/// <param name="Problem">What is wrong with the row in the file itself.</param>
internal sealed record ReadRow(
    int Number,
    IReadOnlyDictionary<string, string> Cells,
    IReadOnlyDictionary<string, string>? Extra,
    RowProblem? Problem);
