namespace Batchwork.Emulator.Faults;

/// <summary>Ways a list can be wrong (F17).</summary>
internal enum ListTwist
{
    None,

    /// <summary>A page begins with the last entry of the page before.</summary>
    Repeat,

    /// <summary>Between two pages an entry is left out.</summary>
    Skip,

    /// <summary>There is always a next page, and it is the first.</summary>
    Loop,

    /// <summary>In no order.</summary>
    Shuffle,
}
