namespace Batchwork.Engine.Drafts;

/// <summary>The sheet behind "Try the demo sheet": 24 rows, three of them with problems to fix.</summary>
internal static class DemoSheet
{
    public const string FileName = "demo.csv";

    /// <summary>Opens it.</summary>
    /// <returns>Its bytes.</returns>
    public static Stream Open() => typeof(DemoSheet).Assembly.GetManifestResourceStream(FileName)!;
}
