namespace Batchwork.Engine.Sheets;

/// <summary>One problem of one row. Rows with the same <see cref="Code"/>, <see cref="Field"/> and <see cref="Value"/> are shown as one group.</summary>
/// <param name="Severity">Whether the row can be sent all the same.</param>
/// <param name="Code">A stable name of the kind of problem.</param>
/// <param name="Field">The field it is about; see <see cref="SheetFields"/>.</param>
/// <param name="Value">The value that is wrong, cut at 80 characters.</param>
/// <param name="Message">What is wrong and what to do, without the row's number.</param>
/// <param name="Suggestion">A value that would be accepted, if one is obvious.</param>
public sealed record RowProblem(RowCheck Severity, string Code, string? Field, string? Value, string Message, string? Suggestion);
