using System.Globalization;

namespace Batchwork.Engine.Sheets.Columns;

/// <summary>Turns a header row into columns, or says why it cannot.</summary>
internal static class ColumnMatcher
{
    /// <summary>Matches the headers of a sheet.</summary>
    /// <param name="headers">The header row's cells.</param>
    /// <param name="row">The header row's number.</param>
    /// <returns>One column a header, in order.</returns>
    /// <exception cref="SheetFaultException">Too many or doubled columns, or none with prompts.</exception>
    public static IReadOnlyList<SheetColumn> Match(IReadOnlyList<string> headers, int row)
    {
        if (headers.Count > SheetLimits.Columns)
        {
            throw new SheetFaultException(row, $"The header row has {headers.Count} columns; at most {SheetLimits.Columns} can be read. Remove the columns that are not needed.");
        }

        var columns = headers.Select((header, i) => ToColumn(header, i, row)).ToList();
        RefuseDoubles(columns, row);
        if (!columns.Any(c => c.Field == SheetFields.Prompt))
        {
            throw new SheetFaultException(row, WithoutPrompt(columns));
        }

        return columns;
    }

    /// <summary>What a person should know about the columns: which of them are not sent.</summary>
    /// <param name="columns">The matched columns.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> Notices(IReadOnlyList<SheetColumn> columns)
    {
        var extra = columns.Where(c => c.Field is null).ToList();
        foreach (var column in extra)
        {
            if (ColumnNames.NearestTo(column.Header) is { } near && columns.All(c => c.Field != near))
            {
                yield return $"Unknown column '{column.Header}' — did you mean '{near}'? It is kept as extra data and not sent.";
            }
        }

        if (extra.Count > 0)
        {
            yield return $"Kept as extra data, not sent: {string.Join(", ", extra.Take(10).Select(c => c.Header))}{(extra.Count > 10 ? $" and {extra.Count - 10} more" : "")}. "
                + "A column named 'option:' and an option's name is sent, for example option:background.";
        }
    }

    /// <summary>A column's letter as spreadsheet programs show it: 0 → A, 26 → AA.</summary>
    /// <param name="index">Position from 0.</param>
    /// <returns>The letters.</returns>
    public static string Letter(int index) =>
        index < 26 ? ((char)('A' + index)).ToString(CultureInfo.InvariantCulture) : Letter((index / 26) - 1) + Letter(index % 26);

    private static SheetColumn ToColumn(string text, int index, int row)
    {
        var header = CellText.OneLine(text).Trim();
        if (header.Length > SheetLimits.HeaderLength)
        {
            throw new SheetFaultException(row, $"The header of column {Letter(index)} is longer than {SheetLimits.HeaderLength} characters. Is the first row really a header row?");
        }

        return header.Length == 0 ? new SheetColumn($"Column {Letter(index)}", null) : new SheetColumn(header, ColumnNames.FieldOf(header));
    }

    private static void RefuseDoubles(List<SheetColumn> columns, int row)
    {
        var faults = new List<SheetFault>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            if (!seen.TryAdd(column.Field ?? "=" + ColumnNames.Normalise(column.Header), i))
            {
                var first = seen[column.Field ?? "=" + ColumnNames.Normalise(column.Header)];
                faults.Add(new SheetFault(row, Doubled(columns[first], first, column, i)));
            }
        }

        if (faults.Count > 0)
        {
            throw new SheetFaultException(faults);
        }
    }

    private static string Doubled(SheetColumn first, int firstIndex, SheetColumn second, int secondIndex) =>
        ColumnNames.Normalise(first.Header) == ColumnNames.Normalise(second.Header)
            ? $"Column '{first.Header}' appears twice ({Letter(firstIndex)} and {Letter(secondIndex)}). Rename or remove one of them."
            : $"Columns '{first.Header}' ({Letter(firstIndex)}) and '{second.Header}' ({Letter(secondIndex)}) both mean '{second.Field}'. Rename or remove one of them.";

    private static string WithoutPrompt(List<SheetColumn> columns)
    {
        var near = columns.FirstOrDefault(c => c.Field is null && ColumnNames.NearestTo(c.Header) == SheetFields.Prompt);
        return near is not null
            ? $"Unknown column '{near.Header}' — did you mean 'prompt'? Rename it in the header row and upload the file again."
            : $"There is no column 'prompt'. The header row has: {string.Join(", ", columns.Take(10).Select(c => c.Header))}. Name the column that holds the prompts 'prompt' and upload the file again.";
    }
}
