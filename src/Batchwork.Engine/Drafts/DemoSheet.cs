namespace Batchwork.Engine.Drafts;

/// <summary>The sheet behind "Try the demo sheet": 24 rows, three of them with problems to fix.</summary>
internal static class DemoSheet
{
    public const string FileName = "demo.csv";

    /// <summary>Defaults that show what defaults are for: most rows leave them be.</summary>
    public static DraftSettings Settings { get; } = new DraftSettings { Name = "Demo sheet", N = 1, Size = "1024x1024" }.WithOption("quality", "medium");

    /// <summary>Opens it.</summary>
    /// <returns>Its bytes.</returns>
    public static Stream Open() => typeof(DemoSheet).Assembly.GetManifestResourceStream(FileName)!;
}
