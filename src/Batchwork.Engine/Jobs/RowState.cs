namespace Batchwork.Engine.Jobs;

/// <summary>The ledger state of a row: exactly one, always. requested = the sum of the first eight.</summary>
public enum RowState
{
    /// <summary>Not answered yet, sent or not.</summary>
    Waiting = 0,

    /// <summary>All images that were asked for are on our disk.</summary>
    Stored = 1,

    /// <summary>Fewer images than asked: "3 of 4".</summary>
    Partial = 2,

    /// <summary>The provider's safety system or policy said no.</summary>
    Refused = 3,

    /// <summary>It went wrong: can be tried again, or needs a change.</summary>
    Failed = 4,

    /// <summary>The provider's time ran out first.</summary>
    Expired = 5,

    /// <summary>Cancelled before it was done.</summary>
    Cancelled = 6,

    /// <summary>The provider answered nothing for it.</summary>
    Missing = 7,

    /// <summary>Left out by a person before sending; not counted as requested.</summary>
    Skipped = 8,
}
