using System.Globalization;

namespace Batchwork.Engine.Sheets;

/// <summary>File names as browsers send them are text from a stranger: shown, and never used as a path.</summary>
internal static class SheetName
{
    private const int Length = 200;

    /// <summary>Makes a name fit for showing.</summary>
    /// <param name="fileName">What the browser sent.</param>
    /// <returns>The last part of it, on one line, without characters that turn the direction of writing.</returns>
    public static string Clean(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var shown = string.Concat(CellText.OneLine(last).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)).Trim();
        return shown.Length == 0 ? "sheet" : CellText.Cut(shown, Length);
    }
}
