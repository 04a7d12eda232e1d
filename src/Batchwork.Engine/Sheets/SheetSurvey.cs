using System.Globalization;
using Batchwork.Engine.Sheets.Reading;

namespace Batchwork.Engine.Sheets;

/// <summary>What the first pass over a file found. Nothing is stored before a file is known to be a sheet.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Notices">What was noticed.</param>
internal sealed record SheetSurvey(int Rows, IReadOnlyList<SheetColumn> Columns, IReadOnlyList<string> Notices)
{
    /// <summary>Reads a file to its end, or to where it is too long.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maxRows">Most rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="SheetFaultException">It is no sheet.</exception>
    public static SheetSurvey Of(SheetFile file, int maxRows, CancellationToken cancellationToken)
    {
        var reader = file.Open();
        var (rows, broken) = (0, 0);
        var faults = new List<SheetFault>();
        foreach (var row in reader.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++rows > maxRows)
            {
                throw new SheetFaultException(row.Number, TooManyRows(maxRows));
            }

            if (row is { Problem: { } problem, Cells.Count: 0 })
            {
                broken++;
                if (faults.Count < SheetLimits.ListedFaults)
                {
                    faults.Add(new SheetFault(row.Number, string.Create(CultureInfo.InvariantCulture, $"Line {row.Number}: {problem.Message}")));
                }
            }
        }

        return rows == 0 ? throw new SheetFaultException(null, "The file has no rows.")
            : broken == rows ? throw new SheetFaultException(faults, broken - faults.Count)
            : new SheetSurvey(rows, reader.Columns, file.Notices(reader));
    }

    private static string TooManyRows(int maxRows) => string.Create(
        CultureInfo.InvariantCulture,
        $"The file has more than {maxRows:N0} rows; {maxRows:N0} is the limit. Split it into several files, or ask your administrator to raise Batchwork:MaxSheetRows.");
}
