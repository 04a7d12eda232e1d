namespace Batchwork.Engine.Persistence;

/// <summary>What people type into a search box, as a pattern for LIKE. A percent sign in it is a percent sign.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static string Contains(string text) =>
        $"%{text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
