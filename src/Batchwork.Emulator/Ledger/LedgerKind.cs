namespace Batchwork.Emulator.Ledger;

/// <summary>What a ledger entry is about.</summary>
public enum LedgerKind
{
    /// <summary>A file was accepted. Free.</summary>
    Upload,

    /// <summary>A batch was accepted: the call that costs money.</summary>
    Create,

    /// <summary>A cancellation was accepted.</summary>
    Cancel,

    /// <summary>The ledger was emptied; what was accepted before is no longer counted.</summary>
    Cleared,
}
