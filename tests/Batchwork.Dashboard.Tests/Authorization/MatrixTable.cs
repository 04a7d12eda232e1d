namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>The table in <c>matrix.md</c>: what each kind of person may do with each endpoint, page and service method.</summary>
internal sealed class MatrixTable
{
    /// <summary>The roles' columns, in the order of the table.</summary>
    public static readonly string[] Roles = ["Viewer", "Reviewer", "Creator", "Admin", "Owner"];

    private readonly Dictionary<string, Dictionary<string, string>> _rows = new(StringComparer.Ordinal);

    private MatrixTable()
    {
    }

    public static MatrixTable Read { get; } = Parse();

    public IReadOnlyCollection<string> Subjects => _rows.Keys;

    /// <summary>The cells of a row, by column.</summary>
    /// <param name="subject">An endpoint, page or method.</param>
    public IReadOnlyDictionary<string, string> this[string subject] => _rows.TryGetValue(subject, out var row)
        ? row
        : throw new Xunit.Sdk.XunitException($"Authorization/matrix.md has no row for {subject}. Say in it who may do this.");

    private static MatrixTable Parse()
    {
        var table = new MatrixTable();
        string[]? columns = null;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Authorization", "matrix.md")))
        {
            if (!line.StartsWith('|'))
            {
                columns = null;
                continue;
            }

            var cells = line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
            if (columns is null)
            {
                columns = cells;
            }
            else if (!cells[0].StartsWith('-'))
            {
                Assert.True(cells.Length == columns.Length, $"matrix.md: {cells[0]} has {cells.Length} cells instead of {columns.Length}.");
                Assert.True(table._rows.TryAdd(cells[0].Trim('`'), columns.Zip(cells).Skip(1).ToDictionary(p => p.First, p => p.Second)), $"matrix.md: {cells[0]} stands in it twice.");
            }
        }

        return table;
    }
}
