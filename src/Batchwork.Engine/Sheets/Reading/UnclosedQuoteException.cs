namespace Batchwork.Engine.Sheets.Reading;

/// <summary>A quote opens a cell and nothing closes it. The reader knows the column's name and says it.</summary>
internal sealed class UnclosedQuoteException(int row, int column, string detail) : Exception
{
    public SheetFault ToFault(IReadOnlyList<SheetColumn> columns)
    {
        var name = column < columns.Count ? columns[column].Header : Columns.ColumnMatcher.Letter(column);
        return new SheetFault(
            row,
            $"The quote opened in row {row}, column {name}, is never closed.{detail} Close it, or write each quote inside the text twice (\"\").");
    }
}
