namespace Batchwork.Engine.Collection;

/// <summary>Why a result belongs to no row.</summary>
public enum UnmatchedKind
{
    /// <summary>No row of the part has its id.</summary>
    UnknownId = 0,

    /// <summary>A second, different answer for a row.</summary>
    Extra = 1,

    /// <summary>The line could not be read.</summary>
    Unreadable = 2,

    /// <summary>It came for a row, but its picture is damaged or is no picture. The raw bytes can be downloaded.</summary>
    Damaged = 3,
}
