namespace Batchwork.Engine.Sheets;

/// <summary>Bounds of what is read. They keep memory bounded, whatever is uploaded.</summary>
internal static class SheetLimits
{
    public const int Columns = 200;

    /// <summary>Characters of a header.</summary>
    public const int HeaderLength = 200;

    /// <summary>Characters of a cell, or of a line of JSON or plain text.</summary>
    public const int CellLength = 1024 * 1024;

    /// <summary>Characters of the provider options of a row.</summary>
    public const int OptionsLength = 64 * 1024;

    /// <summary>Nesting of JSON in a line or in an options cell.</summary>
    public const int JsonDepth = 16;

    /// <summary>Faults of a file that are listed; the rest is counted.</summary>
    public const int ListedFaults = 100;
}
