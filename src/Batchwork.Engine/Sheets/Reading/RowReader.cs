namespace Batchwork.Engine.Sheets.Reading;

/// <summary>One pass over a sheet's rows.</summary>
internal abstract class RowReader
{
    private readonly RowNumbers _cleaned = new();

    /// <summary>The columns; complete after the pass.</summary>
    public abstract IReadOnlyList<SheetColumn> Columns { get; }

    /// <summary>Reads the rows, one after the other. Blank ones are left out.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="SheetFaultException">The file cannot be understood.</exception>
    public abstract IEnumerable<ReadRow> Rows();

    /// <summary>What was noticed; complete after the pass.</summary>
    /// <returns>Sentences.</returns>
    public virtual IEnumerable<string> Notices()
    {
        if (_cleaned.Count > 0)
        {
            yield return $"Control characters were taken out of {_cleaned}.";
        }
    }

    /// <summary>Cleans a cell and remembers the row when something was taken out.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="row">Its row's number.</param>
    /// <returns>The clean text.</returns>
    protected string Clean(string text, int row)
    {
        var clean = CellText.Clean(text, out var changed);
        if (changed)
        {
            _cleaned.Add(row);
        }

        return clean;
    }
}
