using System.Text;

namespace Batchwork.Engine.Archives;

/// <summary>Writes cells of CSV files that people open in spreadsheets.</summary>
internal static class CsvText
{
    /// <summary>The byte order mark without which Excel misreads everything but ASCII.</summary>
    public const string Mark = "\uFEFF";

    /// <summary>
    /// Writes a cell. One that begins like a formula is a formula to Excel, LibreOffice and Google Sheets, quotes or not: a prompt "=HYPERLINK(…)" would
    /// become a link with whatever address its author chose. An apostrophe in front makes it text (OWASP, "CSV Injection").
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="value">The cell.</param>
    /// <returns>The line.</returns>
    public static StringBuilder Cell(this StringBuilder line, string? value)
    {
        value ??= "";
        // The wide forms count as formulas in East Asian settings.
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20')
        {
            value = "'" + value;
        }

        if (value.AsSpan().IndexOfAny(",\"\r\n") >= 0)
        {
            line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            line.Append(value);
        }

        return line.Append(',');
    }
}
