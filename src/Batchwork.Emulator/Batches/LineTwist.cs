namespace Batchwork.Emulator.Batches;

/// <summary>Ways a line of a result file can be wrong. The codes are those of the fault list.</summary>
[Flags]
internal enum LineTwist
{
    None = 0,

    /// <summary>Not JSON (F24).</summary>
    InvalidJson = 1 << 0,

    /// <summary>Bytes that are not UTF-8 inside a string (F25).</summary>
    InvalidUtf8 = 1 << 1,

    /// <summary>A byte order mark in front (F25).</summary>
    Bom = 1 << 2,

    /// <summary>Ends with CR and LF (F25).</summary>
    Crlf = 1 << 3,

    /// <summary>A blank line behind (F25).</summary>
    Blank = 1 << 4,

    /// <summary>A zero byte inside a string (F25).</summary>
    Nul = 1 << 5,

    /// <summary>Half of a surrogate pair, escaped (F25).</summary>
    LoneSurrogate = 1 << 6,

    /// <summary>An array 200 deep (F26).</summary>
    Deep = 1 << 7,

    /// <summary>A million keys (F26).</summary>
    ManyKeys = 1 << 8,

    /// <summary>Its id twice, the first one wrong (F26).</summary>
    DuplicateKeys = 1 << 9,

    /// <summary>The number 1e400 (F26).</summary>
    HugeNumber = 1 << 10,

    /// <summary>Comes twice (F27).</summary>
    Duplicate = 1 << 11,

    /// <summary>Comes twice, the second time with other pictures (F27).</summary>
    DuplicateDifferent = 1 << 12,

    /// <summary>Carries an id nobody sent (F28).</summary>
    UnknownId = 1 << 13,

    /// <summary>Carries an empty id (F28).</summary>
    EmptyId = 1 << 14,

    /// <summary>A line for someone else's request in front (F28).</summary>
    Stray = 1 << 15,

    /// <summary>Is left out (F29).</summary>
    Missing = 1 << 16,

    /// <summary>Breaks off in the middle (F23).</summary>
    Cut = 1 << 17,
}
