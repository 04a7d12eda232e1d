namespace Batchwork.Engine.Sheets;

/// <summary>What kind of file a sheet came from.</summary>
public enum SheetFormat
{
    /// <summary>Separated values with a header row (comma, semicolon, tab or bar).</summary>
    Separated,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One prompt a line, no header.</summary>
    PlainText,
}
