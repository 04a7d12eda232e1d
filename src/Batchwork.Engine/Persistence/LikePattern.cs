namespace Batchwork.Engine.Persistence;

/// <summary>What people type into a search box, as a pattern for LIKE. A percent sign in it is a percent sign.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    /// <summary>
    /// Characters that are looked for, as many as a search box takes. Each row is compared with all of them, and SQLite refuses patterns of more than
    /// 50,000 bytes.
    /// </summary>
    public const int MaxLength = 200;

    public static string Contains(string text) =>
        $"%{Cut(text.Trim()).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    private static string Cut(string text) =>
        text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
