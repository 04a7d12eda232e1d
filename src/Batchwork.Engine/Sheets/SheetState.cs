namespace Batchwork.Engine.Sheets;

/// <summary>Whether all rows of a sheet are stored.</summary>
public enum SheetState
{
    /// <summary>Rows are still being stored. Such a sheet is never shown; one that is left over from a crash is removed.</summary>
    Importing = 0,

    /// <summary>Complete.</summary>
    Ready = 1,
}
