namespace Batchwork.Engine.Images;

/// <summary>
/// Where the pictures of each row lie in a gallery that keeps a place for every picture that was asked for. Rows are frozen when a job is made,
/// so the places never move: a picture fills its own and pushes nothing aside. Rows in a row that asked for the same number are one run.
/// </summary>
public sealed class GalleryPlaces
{
    private readonly List<Run> _runs = [];

    internal GalleryPlaces(IEnumerable<int> picturesByRow)
    {
        var row = 0;
        foreach (var pictures in picturesByRow)
        {
            if (_runs.Count == 0 || _runs[^1].PerRow != pictures)
            {
                _runs.Add(new Run(row, Total, pictures));
            }

            row++;
            Total += pictures;
        }
    }

    /// <summary>Places in all.</summary>
    public int Total { get; private set; }

    /// <summary>Whose place it is.</summary>
    /// <param name="place">The place, from 0 and less than <see cref="Total"/>.</param>
    /// <returns>The row, and which of its pictures.</returns>
    public (int RowIndex, int Index) At(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Total);

        // The last run that begins at or before the place. A run of rows without pictures begins where the next one does and so is never the last.
        var run = _runs[FindLast(r => r.FirstPlace <= place)];
        var (row, index) = Math.DivRem(place - run.FirstPlace, run.PerRow);
        return (run.FirstRow + row, index);
    }

    /// <summary>The place of a picture.</summary>
    /// <param name="rowIndex">Its row.</param>
    /// <param name="index">Which of the row's pictures.</param>
    /// <returns>The place; that of the row's last one for a picture nobody asked for.</returns>
    public int Of(int rowIndex, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowIndex);
        var run = _runs[FindLast(r => r.FirstRow <= rowIndex)];
        return run.FirstPlace + ((rowIndex - run.FirstRow) * run.PerRow) + Math.Clamp(index, 0, Math.Max(run.PerRow - 1, 0));
    }

    private int FindLast(Func<Run, bool> isAtOrBefore)
    {
        var (low, high) = (0, _runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = isAtOrBefore(_runs[middle]) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private readonly record struct Run(int FirstRow, int FirstPlace, int PerRow);
}
